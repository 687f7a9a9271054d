import {expect, test} from 'vitest'
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
      destinations: [
        {cluster: 'outbound|9000|v1|tcp-echo', weight: 80, endpoints: 5},
        {cluster: 'outbound|9000|v2|tcp-echo', weight: 20, endpoints: 1},
      ],
    },
    {name: '0.0.0.0_31400', address: '127.0.0.1', port: 32432, bound: true, gateway: 'demo/gw', virtualService: 'demo/tcp-echo', destinations: []},
    {name: '0.0.0.0_80', address: '127.0.0.1', port: 80, bound: false, problem: 'port 80 needs more rights', gateway: 'demo/web', virtualService: 'demo/web', destinations: []},
  ],
  findings: [
    {level: 'warning', object: 'Gateway demo/gw', message: 'a remark.'},
    {level: 'info', object: 'Gateway demo/gw', message: 'not shown.'},
  ],
  stats: {clusters: {'outbound|9000|v1|tcp-echo': {picked: 8, active: 1, connectFailed: 0}}},
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
