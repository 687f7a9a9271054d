import type {ConnectionPool, HttpPool, TcpPool} from '../destination-rule.js'
import {checkDuration, parseNanoseconds} from './duration.js'

/** Limits of the connections to a destination (istio validateConnectionPool). */
export function checkConnectionPool(pool: ConnectionPool | undefined): readonly string[] {
  if (pool === undefined) return []
  const {http, tcp} = pool
  if (http === undefined && tcp === undefined) return ['connection pool must have at least one field']
  return [...(http === undefined ? [] : checkHttp(http)), ...(tcp === undefined ? [] : checkTcp(tcp))]
}

function checkHttp(http: HttpPool): readonly string[] {
  const {http1MaxPendingRequests = 0, http2MaxRequests = 0, maxRequestsPerConnection = 0, maxRetries = 0, maxConcurrentStreams = 0} = http
  return [
    ...(http1MaxPendingRequests < 0 ? ['http1 max pending requests must be non-negative'] : []),
    ...(http2MaxRequests < 0 ? ['http2 max requests must be non-negative'] : []),
    ...(maxRequestsPerConnection < 0 ? ['max requests per connection must be non-negative'] : []),
    ...(maxRetries < 0 ? ['max retries must be non-negative'] : []),
    ...checkDuration(http.idleTimeout),
    ...(http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true ? ['use client protocol must not be true when H2UpgradePolicy is UPGRADE'] : []),
    ...(maxConcurrentStreams < 0 ? ['max concurrent streams must be non-negative'] : []),
  ]
}

/** An idle timeout of 0 switches it off. */
function checkTcp({maxConnections = 0, connectTimeout, maxConnectionDuration, idleTimeout, tcpKeepalive}: TcpPool): readonly string[] {
  const isOff = Math.trunc((parseNanoseconds(idleTimeout ?? '') ?? 0) / 1e6) === 0
  return [
    ...(maxConnections < 0 ? ['max connections must be non-negative'] : []),
    ...checkDuration(connectTimeout),
    ...checkDuration(maxConnectionDuration),
    ...(isOff ? [] : checkDuration(idleTimeout)),
    ...checkDuration(tcpKeepalive?.time),
    ...checkDuration(tcpKeepalive?.interval),
  ]
}
