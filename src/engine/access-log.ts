import type {AccessRecord} from './engine.js'

export const ACCESS_LOG_ENCODINGS = ['text', 'json'] as const
/** Istio's `meshConfig.accessLogEncoding`. */
export type AccessLogEncoding = (typeof ACCESS_LOG_ENCODINGS)[number]

/** One line of the access log, without line end, in Istio's default format as a TCP connection fills it: what HTTP has and TCP has not is empty. */
export function formatAccess(record: AccessRecord, encoding: AccessLogEncoding): string {
  return encoding === 'json' ? formatJson(record) : formatText(record)
}

/** Istio telemetry_logging.go EnvoyTextLogFormat. */
function formatText(record: AccessRecord): string {
  const {startMs, flags, upstreamFailure = '-', bytesFromClient, bytesToClient, durationMs} = record
  const {upstream = '-', cluster, upstreamLocal = '-', downstreamLocal, downstreamRemote} = record
  return (
    `[${new Date(startMs).toISOString()}] "- - -" 0 ${flags} ${detailsOf(record) ?? '-'} ${record.terminationDetails ?? '-'} "${upstreamFailure}"` +
    ` ${bytesFromClient} ${bytesToClient} ${durationMs} - "-" "-" "-" "-" "${upstream}" ${cluster} ${upstreamLocal} ${downstreamLocal} ${downstreamRemote}` +
    ` ${serverNameOf(record) ?? '-'} -`
  )
}

/** Istio telemetry_logging.go EnvoyJSONLogFormatIstio; in the order of the keys, as recent Envoys write it. What is absent is null, numbers are numbers. */
function formatJson(record: AccessRecord): string {
  return JSON.stringify({
    authority: null,
    bytes_received: record.bytesFromClient,
    bytes_sent: record.bytesToClient,
    connection_termination_details: record.terminationDetails ?? null,
    downstream_local_address: record.downstreamLocal,
    downstream_remote_address: record.downstreamRemote,
    duration: record.durationMs,
    method: null,
    path: null,
    protocol: null,
    request_id: null,
    requested_server_name: serverNameOf(record) ?? null,
    response_code: 0,
    response_code_details: detailsOf(record) ?? null,
    response_flags: record.flags,
    route_name: null,
    start_time: new Date(record.startMs).toISOString(),
    upstream_cluster: record.cluster === '-' ? null : record.cluster,
    upstream_host: record.upstream ?? null,
    upstream_local_address: record.upstreamLocal ?? null,
    upstream_service_time: null,
    upstream_transport_failure_reason: record.upstreamFailure ?? null,
    user_agent: null,
    x_forwarded_for: null,
  })
}

/** Clients may write anything there, line ends too: what no host name has becomes `_` (Envoy sanitizes it likewise). */
function serverNameOf({serverName}: AccessRecord): string | undefined {
  return serverName?.replaceAll(/[^\w.-]/g, '_')
}

/** Envoy's RESPONSE_CODE_DETAILS, which TCP has only where no chain was for the client. */
function detailsOf({flags}: AccessRecord): string | undefined {
  return flags === 'NR' ? 'filter_chain_not_found' : undefined
}
