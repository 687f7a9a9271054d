import type {JsonObject} from '../../api/object.js'

const FILE_ACCESS_LOG = 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog'

/** Istio's default format (istio pilot/pkg/model/telemetry_logging.go EnvoyTextLogFormat). */
const FORMAT =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% ' +
  '%CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% %DURATION% ' +
  '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" ' +
  '"%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% ' +
  '%REQUESTED_SERVER_NAME% %ROUTE_NAME%\n'

/** The access log of every TCP proxy. */
export const ACCESS_LOG: JsonObject = {
  name: 'envoy.access_loggers.file',
  typedConfig: {'@type': FILE_ACCESS_LOG, path: '/dev/stdout', logFormat: {textFormatSource: {inlineString: FORMAT}}},
}

/** The listener's own: only connections that no chain was for (istio core/accesslog.go). */
export const NO_ROUTE_LOG: JsonObject = {...ACCESS_LOG, filter: {responseFlagFilter: {flags: ['NR']}}}
