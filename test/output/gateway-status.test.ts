import {describe, expect, test} from 'vitest'
import {renderGatewayStatus} from '../../src/output/gateway-status.js'

const status = {
  pid: 7,
  startedAt: '2026-11-21T12:00:00Z',
  engine: 'node',
  workers: 2,
  workerRestarts: 1,
  listeners: [
    {
      name: '0.0.0.0_31400',
      address: '127.0.0.1',
      port: 31400,
      bound: true,
      gateway: 'demo/gw',
      virtualService: 'demo/tcp-echo',
      chains: [
        {
          key: 'a',
          match: '',
          route: 'demo/tcp-echo',
          destinations: [
            {cluster: 'outbound|9000|v1|tcp-echo', weight: 80, endpoints: 5},
            {cluster: 'outbound|9000|v2|tcp-echo', weight: 20, endpoints: 1},
          ],
        },
      ],
    },
    {name: '0.0.0.0_31400', address: '127.0.0.1', port: 32432, bound: true, gateway: 'demo/gw', virtualService: 'demo/tcp-echo', chains: []},
    {name: '0.0.0.0_80', address: '127.0.0.1', port: 80, bound: false, problem: 'port 80 needs more rights', gateway: 'demo/web', virtualService: 'demo/web', chains: []},
  ],
  findings: [
    {level: 'warning', object: 'Gateway demo/gw', message: 'a remark.'},
    {level: 'info', object: 'Gateway demo/gw', message: 'not shown.'},
  ],
  stats: {
    traffic: [
      {listener: '0.0.0.0_31400', chain: 'a', cluster: 'outbound|9000|v1|tcp-echo', opened: 8, closed: {'-': 5, UH: 2}},
      {listener: '127.129.0.5_9000', chain: 'a', cluster: 'outbound|9000|v1|tcp-echo', opened: 70, closed: {'-': 70}},
    ],
  },
}

test('each destination has its weight in percent, its endpoints and its connections; remarks follow', () => {
  expect(renderGatewayStatus(status, Date.parse('2026-11-21T12:01:00Z')).split('\n').map((line) => line.trimEnd())).toEqual([
    'gateway running (pid 7) for 60s: node engine, 2 worker(s), 1 replaced after a crash',
    'LISTENER         GATEWAY   ROUTE               WEIGHT  CLUSTER                               ENDPOINTS  CONNECTIONS  OPEN',
    '127.0.0.1:31400  demo/gw   demo/tcp-echo       80%     outbound|9000|v1|tcp-echo             5          8            1',
    '                                               20%     outbound|9000|v2|tcp-echo             1          0            0',
    '127.0.0.1:32432  demo/gw   as 127.0.0.1:31400',
    '127.0.0.1:80     demo/web  demo/web            -       NOT BOUND: port 80 needs more rights',
    'warning: Gateway demo/gw: a remark.',
    '',
  ])
})

test('without listeners it says what to do', () => {
  expect(renderGatewayStatus({...status, listeners: [], findings: []}, Date.parse('2026-11-21T12:01:00Z'))).toBe(
    'gateway running (pid 7) for 60s: node engine, 2 worker(s), 1 replaced after a crash\nno listeners: apply a Gateway and a VirtualService with a tcp route for it\n',
  )
})

describe('of several chains', () => {
  const at = {name: '0.0.0.0_443', address: '127.0.0.1', port: 443, bound: true, gateway: 'demo/tls', virtualService: 'demo/a'}
  const to = (cluster: string) => [{cluster, weight: 1, endpoints: 1}]

  test('each has its own shares and says whom it is for', () => {
    const chains = [
      {key: 'a', match: 'a.example.com', route: 'demo/a', destinations: to('a')},
      {key: 'b', match: 'b.example.com', route: '', destinations: to('b')},
    ]
    expect(linesOf({listeners: [{...at, chains}]})).toEqual([
      '127.0.0.1:443  demo/tls  demo/a (a.example.com)  100%    a        1          0            0',
      '                         - (b.example.com)       100%    b        1          0            0',
    ])
  })

  test('a connection is counted once: at the listener it came by, and at the first of the chains that are counted together', () => {
    const chains = [
      {key: 'a', match: 'from 10.0.0.1', route: 'demo/a', destinations: to('a')},
      {key: 'a', match: 'from 10.0.0.2', route: 'demo/a', destinations: to('a')},
    ]
    const traffic = [
      {listener: at.name, chain: 'a', cluster: 'a', opened: 3, closed: {'-': 2}},
      {listener: 'another', chain: 'a', cluster: 'a', opened: 9, closed: {}},
    ]
    expect(linesOf({listeners: [{...at, chains}], stats: {traffic}})).toEqual([
      '127.0.0.1:443  demo/tls  demo/a (from 10.0.0.1)  100%    a        1          3            1',
      '                         demo/a (from 10.0.0.2)  100%    a        1',
    ])
  })

  test('a Service address is listed where a VirtualService routes it, and one that is not bound is told of', () => {
    const service = {...at, name: '127.129.0.5_9000', address: '127.129.0.5', port: 9000, gateway: 'demo/tcp-echo'}
    const unbound = {...service, bound: false, problem: 'port 80 needs more rights', virtualService: '', chains: []}
    const services = [
      {...service, chains: [{key: 'a', match: '', route: 'demo/a', destinations: to('a')}]},
      {...service, virtualService: '', chains: [{key: 'a', match: '', route: '', destinations: to('b')}]},
      unbound,
      unbound,
    ]
    expect(linesOf({listeners: [], services})).toEqual([
      '127.129.0.5:9000  mesh     demo/a  100%    a        1          0            0',
      'info: Service demo/tcp-echo is not reached at its address: port 80 needs more rights (and 1 more)',
    ])
  })

  function linesOf(changes: Partial<Parameters<typeof renderGatewayStatus>[0]>): readonly string[] {
    const text = renderGatewayStatus({...status, findings: [], stats: {traffic: []}, ...changes}, Date.parse('2026-11-21T12:01:00Z'))
    return text.trimEnd().split('\n').slice(2).map((line) => line.trimEnd())
  }
})
