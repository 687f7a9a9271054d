import {expect, test} from 'vitest'
import {formatAccess} from '../../src/engine/access-log.js'
import type {AccessRecord} from '../../src/engine/engine.js'

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
])('%s is one line in Istio\'s format', (_what, record, line) => {
  expect(formatAccess(record)).toBe(line)
})
