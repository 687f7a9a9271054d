import {createServer} from 'node:http'
import {once} from 'node:events'
import {request} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, test} from 'vitest'
import type {GatewayFacts} from '../../src/daemon/admin/gateway-facts.js'
import {matchingNames} from '../../src/daemon/admin/matching-names.js'
import {startAdmin, type Admin} from '../../src/daemon/admin/start-admin.js'
import {worldOf} from '../../src/daemon/world.js'
import {NO_STATS} from '../../src/engine/merge-stats.js'
import {tutorial} from '../inspect/tutorial.js'

const ADDRESS = '127.31.8.1'
const PORTS = {admin: 15000, readiness: 15021, metrics: 15090}
const closing: Admin[] = []
afterEach(() => {
  for (const admin of closing.splice(0)) admin.close()
})

async function start(address: string, ports = PORTS) {
  const done: string[] = []
  const {routing} = tutorial()
  let isDrained = false
  const facts: GatewayFacts = {
    version: '0.1.0',
    startedMs: Date.now(),
    state: () => (isDrained ? 'DRAINING' : 'LIVE'),
    routing: () => routing,
    revision: () => '42',
    world: () => worldOf([]),
    stats: async () => ({...NO_STATS, listeners: {'0.0.0.0_31400': {accepted: 3, active: 0, noCluster: 0, noChain: 0, tlsFailed: 0}}}),
    async drain() {
      isDrained = true
    },
    quit: () => void done.push('quit'),
  }
  const log: string[] = []
  const admin = await startAdmin(facts, {ports, address, log: (line) => log.push(line), report: (error) => log.push(String(error))})
  closing.push(admin)
  return {admin, log, done}
}

interface Got {
  readonly status: number
  readonly body: string
}

function ask(
  port: number,
  path: string,
  {method = 'GET', headers = {}, host = ADDRESS}: {method?: string; headers?: Record<string, string>; host?: string} = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const outgoing = request({host, port, path, method, headers, agent: false}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString()}))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

describe('the ports every gateway has', () => {
  test("answer as Envoy's admin, readiness and metrics", async () => {
    const {admin, done} = await start(ADDRESS)
    expect(admin.reports.map(({name, address, port, bound}) => `${name} ${address}:${port} ${bound}`)).toEqual([
      `admin ${ADDRESS}:15000 true`,
      `readiness ${ADDRESS}:15021 true`,
      `metrics ${ADDRESS}:15090 true`,
    ])
    expect(await ask(15000, '/ready')).toEqual({status: 200, body: 'LIVE\n'})
    expect(await ask(15021, '/healthz/ready')).toEqual({status: 200, body: ''})
    expect(await ask(15000, '/listeners')).toEqual({status: 200, body: '0.0.0.0_31400::0.0.0.0:31400\n'})
    expect((await ask(15000, '/stats?filter=downstream_cx_total')).body).toBe('listener.0.0.0.0_31400.downstream_cx_total: 3\n')
    expect((await ask(15000, '/stats?format=json&filter=downstream_cx_total')).body).toContain('"value": 3')
    expect((await ask(15090, '/stats/prometheus')).body).toContain('envoy_listener_downstream_cx_total{listener_address="0.0.0.0_31400"} 3\n')
    expect((await ask(15000, '/clusters')).body).toContain('outbound|9000|v2|tcp-echo.default.svc.cluster.local::10.0.1.1:9000::health_flags::healthy\n')
    expect(JSON.parse((await ask(15000, '/clusters?format=json')).body)).toMatchObject({
      cluster_statuses: [{host_statuses: [{address: {socket_address: {port_value: 9000}}}]}, {}],
    })
    expect(JSON.parse((await ask(15000, '/config_dump')).body).configs.map((config: {'@type': string}) => config['@type'].split('.').at(-1))).toEqual([
      'ClustersConfigDump',
      'ListenersConfigDump',
      'RoutesConfigDump',
      'SecretsConfigDump',
    ])
    expect(JSON.parse((await ask(15000, '/server_info')).body)).toMatchObject({version: 'tshift/0.1.0', state: 'LIVE'})
    expect((await ask(15000, '/help')).body).toMatch(/^admin commands are:\n  \/clusters: /)

    expect((await ask(15000, '/drain_listeners')).status).toBe(405)
    expect(await ask(15000, '/drain_listeners', {method: 'POST'})).toEqual({status: 200, body: 'OK\n'})
    expect(await ask(15000, '/ready')).toEqual({status: 503, body: 'DRAINING\n'})
    expect((await ask(15021, '/healthz/ready')).status).toBe(503)
    expect(await ask(15000, '/quitquitquit', {method: 'POST'})).toEqual({status: 200, body: 'OK\n'})
    expect(done).toEqual(['quit'])
  })

  test.each([
    ['an unknown path', '/nothing', {}, 404],
    ['another method', '/ready', {method: 'DELETE'}, 405],
    ['a web page', '/quitquitquit', {method: 'POST', headers: {origin: 'http://evil.example'}}, 403],
    ['a name that was made to mean this address', '/config_dump', {headers: {host: 'evil.example:15000'}}, 403],
    ['a format there is none of', '/stats?format=xml', {}, 400],
    ['no expression', '/stats?filter=(', {}, 400],
  ])('%s is refused', async (_, path, options, status) => {
    await start(ADDRESS)
    expect((await ask(15000, path, options)).status).toBe(status)
  })

  test('a port that is taken is left out and said; 0 is off', async () => {
    const other = createServer()
    other.listen(0, ADDRESS)
    await once(other, 'listening')
    const {port} = other.address() as AddressInfo
    const {admin, log} = await start(ADDRESS, {admin: port, readiness: 15021, metrics: 0})
    other.close()
    const problem = expect.stringContaining(`port ${port} at ${ADDRESS} is in use`) as string // and by whom, where there is a /proc
    expect(admin.reports).toEqual([
      {name: 'admin', address: ADDRESS, port, bound: false, problem},
      {name: 'readiness', address: ADDRESS, port: 15021, bound: true},
    ])
    expect(log).toEqual([`warning: no admin port: ${admin.reports[0]?.problem}`])
  })
})

test('an expression that would match for ever is stopped', () => {
  expect(() => matchingNames([`${'a'.repeat(40)}!`], (name) => name, '^(a+)+$')).toThrow(/^Invalid re2 regex/)
})
