import type {AccessRecord} from './engine.js'

/**
 * One access log line, without line end, in Istio's text format as a TCP connection fills it: HTTP fields are `-`
 * (istio telemetry_logging.go EnvoyTextLogFormat).
 */
export function formatAccess(record: AccessRecord): string {
  const {startMs, flags, upstreamFailure = '-', bytesFromClient, bytesToClient, durationMs} = record
  const {upstream = '-', cluster, upstreamLocal = '-', downstreamLocal, downstreamRemote} = record
  return (
    `[${new Date(startMs).toISOString()}] "- - -" 0 ${flags} - - "${upstreamFailure}" ${bytesFromClient} ${bytesToClient} ${durationMs} -` +
    ` "-" "-" "-" "-" "${upstream}" ${cluster} ${upstreamLocal} ${downstreamLocal} ${downstreamRemote} - -`
  )
}
