import type {Case} from './case.js'
import {all, entry} from './documents.js'

export const serviceEntryCases: readonly Case[] = [
  {
    of: 'serviceentry.Analyzer',
    that: 'TCP and unset protocols need addresses',
    given: all(
      entry(
        'e',
        '  hosts: [a.com]\n  ports:\n  - {number: 1, name: tcp, protocol: tcp}\n  - {number: 2, name: http, protocol: HTTP}\n  - {number: 3, name: x}',
      ),
      entry('f', '  hosts: [b.com]\n  addresses: [10.0.0.1]\n  ports: [{number: 1, name: tcp, protocol: TCP}]'),
      `${entry('g', '  hosts: [c.com]\n  ports: [{number: 1, name: tcp, protocol: TCP}]')}status: {addresses: [{value: 240.0.0.1}]}\n`,
    ),
    says: [
      'IST0134 ServiceEntry default/e:7: ServiceEntry addresses are required for this protocol.',
      'IST0134 ServiceEntry default/e:9: ServiceEntry addresses are required for this protocol.',
    ],
  },
  {
    of: 'serviceentry.ConflictingServiceEntryProtocolAnalyzer',
    that: 'entries for one host and port must agree about the protocol where they are visible together',
    given: all(
      entry('a', '  hosts: [x.com]\n  ports: [{number: 1, name: p, protocol: TCP}]'),
      entry('b', '  hosts: [x.com]\n  exportTo: [other]\n  ports: [{number: 1, name: p, protocol: HTTP}]'),
      entry('c', '  hosts: [x.com]\n  ports: [{number: 2, name: p, protocol: tls}]'),
    ),
    says: ['a:3', 'b:10'].map(
      (place) =>
        `IST0177 ServiceEntry default/${place}: Multiple ServiceEntries (default/a, default/b) define the same host "x.com" and port 1 with conflicting protocols (HTTP, TCP).`,
    ),
  },
]
