import {Flags} from '@oclif/core'

const LOAD = 'LOAD'
const CONNECTION = 'CONNECTION'

/** How often the probe connects. */
export const loadFlags = {
  rate: Flags.integer({
    description: 'connections started per second, whatever became of those before (default: as fast as it goes)',
    min: 1,
    helpValue: 'N',
    helpGroup: LOAD,
  }),
  arrivals: Flags.option({
    options: ['uniform', 'poisson'] as const,
    description: 'gaps between them, with --rate (default uniform)',
    helpGroup: LOAD,
    dependsOn: ['rate'],
  })(),
  duration: Flags.string({description: 'go on for so long instead of --count', helpValue: 'DURATION', helpGroup: LOAD, exclusive: ['count', 'until-sure']}),
  warmup: Flags.integer({description: 'connections before, not counted', default: 0, min: 0, helpValue: 'N', helpGroup: LOAD}),
  messages: Flags.integer({description: 'messages on each connection, one after the reply line to the other', min: 1, helpValue: 'K', helpGroup: LOAD}),
  hold: Flags.string({
    description: 'hold the connections open for so long, and tell which are cut',
    helpValue: 'DURATION',
    helpGroup: LOAD,
    exclusive: ['rate', 'duration', 'until-sure', 'messages'],
  }),
}

/** How it connects and what it sends. */
export const connectionFlags = {
  'read-first': Flags.boolean({description: 'send only after the server has sent a line', default: false, helpGroup: CONNECTION}),
  hex: Flags.string({
    description: 'bytes to send, in hex; replies are printed in hex too',
    helpValue: 'BYTES',
    helpGroup: CONNECTION,
    exclusive: ['message', 'stdin', 'send-file'],
  }),
  'send-file': Flags.string({description: 'file to send', helpValue: 'FILE', helpGroup: CONNECTION, exclusive: ['message', 'stdin']}),
  sources: Flags.integer({
    description: 'connect from so many loopback addresses in turn, to look like as many clients',
    min: 1,
    helpValue: 'N',
    helpGroup: CONNECTION,
    exclusive: ['source-ip'],
  }),
  'source-ip': Flags.string({description: 'connect from the addresses of a network in turn', helpValue: 'CIDR', helpGroup: CONNECTION}),
  tls: Flags.boolean({description: 'speak TLS', default: false, helpGroup: CONNECTION}),
  sni: Flags.string({description: 'name sent in the TLS handshake and looked for in the certificate', helpValue: 'NAME', helpGroup: CONNECTION}),
  cacert: Flags.string({description: 'PEM file of authorities to trust', helpValue: 'FILE', helpGroup: CONNECTION}),
  insecure: Flags.boolean({description: 'accept any certificate', default: false, helpGroup: CONNECTION}),
  'proxy-protocol': Flags.option({options: ['v1', 'v2'] as const, description: 'begin with a PROXY protocol header', helpGroup: CONNECTION})(),
}
