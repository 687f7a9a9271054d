import {describe, expect, test} from 'vitest'
import {ACCESS_LOG_ENCODINGS, formatAccess} from '../../src/engine/access-log.js'
import type {AccessRecord} from '../../src/engine/engine.js'
import {accessLogAnswer} from '../../src/tally/access-log.js'

const SERVED: AccessRecord = {
  startMs: Date.UTC(2026, 7, 22, 10),
  durationMs: 1003,
  listener: '0.0.0.0_31400',
  cluster: 'outbound|9000|v1|tcp-echo.ns.svc.cluster.local',
  upstream: '10.0.0.1:9000',
  upstreamLocal: '10.0.0.5:43210',
  downstreamLocal: '10.0.0.5:31400',
  downstreamRemote: '10.0.0.9:50412',
  bytesFromClient: 29,
  bytesToClient: 33,
  flags: '-',
}
const {upstreamLocal: _, upstream: __, ...UNSERVED} = {...SERVED, bytesFromClient: 0, bytesToClient: 0, durationMs: 1}

const WITHOUT_CHAIN: AccessRecord = {...UNSERVED, cluster: '-', flags: 'NR', serverName: 'db.example.com'}

test.each<[string, AccessRecord, string]>([
  [
    'a served connection',
    SERVED,
    '[2026-08-22T10:00:00.000Z] "- - -" 0 - - - "-" 29 33 1003 - "-" "-" "-" "-" "10.0.0.1:9000" ' +
      'outbound|9000|v1|tcp-echo.ns.svc.cluster.local 10.0.0.5:43210 10.0.0.5:31400 10.0.0.9:50412 - -',
  ],
  [
    'a refused endpoint',
    {...UNSERVED, upstream: '10.0.0.1:9000', flags: 'UF,URX', upstreamFailure: 'delayed_connect_error:_Connection_refused'},
    '[2026-08-22T10:00:00.000Z] "- - -" 0 UF,URX - - "delayed_connect_error:_Connection_refused" 0 0 1 - "-" "-" "-" "-" "10.0.0.1:9000" ' +
      'outbound|9000|v1|tcp-echo.ns.svc.cluster.local - 10.0.0.5:31400 10.0.0.9:50412 - -',
  ],
  [
    'a missing cluster',
    {...UNSERVED, cluster: '-', flags: 'NC'},
    '[2026-08-22T10:00:00.000Z] "- - -" 0 NC - - "-" 0 0 1 - "-" "-" "-" "-" "-" - - 10.0.0.5:31400 10.0.0.9:50412 - -',
  ],
  [
    'a client that no chain was for',
    WITHOUT_CHAIN,
    '[2026-08-22T10:00:00.000Z] "- - -" 0 NR filter_chain_not_found - "-" 0 0 1 - "-" "-" "-" "-" "-" - - 10.0.0.5:31400 10.0.0.9:50412 db.example.com -',
  ],
  [
    'a connection that the gateway ended, and says why',
    {...SERVED, serverName: 'db.example.com', terminationDetails: 'transport_socket_timeout'},
    '[2026-08-22T10:00:00.000Z] "- - -" 0 - - transport_socket_timeout "-" 29 33 1003 - "-" "-" "-" "-" "10.0.0.1:9000" ' +
      'outbound|9000|v1|tcp-echo.ns.svc.cluster.local 10.0.0.5:43210 10.0.0.5:31400 10.0.0.9:50412 db.example.com -',
  ],
])("%s is one line in Istio's text format", (_what, record, line) => {
  expect(formatAccess(record, 'text')).toBe(line)
})

test.each(ACCESS_LOG_ENCODINGS)('a server name that is none cannot forge lines of %s', (encoding) => {
  const line = formatAccess({...SERVED, serverName: 'a\n[2026] "x"'}, encoding)
  expect([line.includes('\n'), line.includes('a__2026___x_')]).toEqual([false, true])
})

test("a connection is one line in Istio's JSON format, its keys in order", () => {
  const line = formatAccess({...SERVED, serverName: 'db.example.com'}, 'json')
  const keys = Object.keys(JSON.parse(line) as object)
  expect([line.includes('\n'), keys]).toEqual([false, keys.toSorted()])
  expect(JSON.parse(line)).toEqual({
    authority: null,
    bytes_received: 29,
    bytes_sent: 33,
    connection_termination_details: null,
    downstream_local_address: '10.0.0.5:31400',
    downstream_remote_address: '10.0.0.9:50412',
    duration: 1003,
    method: null,
    path: null,
    protocol: null,
    request_id: null,
    requested_server_name: 'db.example.com',
    response_code: 0,
    response_code_details: null,
    response_flags: '-',
    route_name: null,
    start_time: '2026-08-22T10:00:00.000Z',
    upstream_cluster: 'outbound|9000|v1|tcp-echo.ns.svc.cluster.local',
    upstream_host: '10.0.0.1:9000',
    upstream_local_address: '10.0.0.5:43210',
    upstream_service_time: null,
    upstream_transport_failure_reason: null,
    user_agent: null,
    x_forwarded_for: null,
  })
})

describe.each(ACCESS_LOG_ENCODINGS)('tally reads what is written as %s', (encoding) => {
  test.each<[string, AccessRecord, string | undefined]>([
    ['a served connection', {...SERVED, cluster: 'outbound|9000|v2|tcp-echo.ns.svc.cluster.local'}, 'v2'],
    ['one without a subset', {...SERVED, cluster: 'outbound|9000||tcp-echo.ns.svc.cluster.local'}, 'tcp-echo'],
    ['a refused endpoint: the weights had chosen', {...UNSERVED, cluster: 'outbound|9000|v1|tcp-echo.ns.svc.cluster.local', flags: 'UF,URX'}, 'v1'],
    ['a missing cluster', {...UNSERVED, cluster: '-', flags: 'NC'}, undefined],
    ['no chain', WITHOUT_CHAIN, undefined],
  ])('%s', (_what, record, answer) => {
    expect(accessLogAnswer(formatAccess(record, encoding))).toBe(answer)
  })
})
