import {UserError} from '../../base/user-error.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import type {Resources} from '../../resources/resources.js'
import {parseExpectation, type Expectation} from '../../tally/expectation.js'
import {appliedRoutes, chooseRoute, expectationOf, type GatewayRoute} from '../verbs/gateway-route.js'

/** Where the probe connects to, and the weights it should find there. */
export interface ProbeTarget {
  readonly host: string
  readonly port: number
  /** For people: `gateway/tcp-echo-gateway 127.0.0.1:31400`. */
  readonly name: string
  /** The route of this machine's gateway that is meant, which then has to run; undefined for any other target. */
  readonly route?: GatewayRoute
  readonly expectation: Expectation | undefined
  /** Why there is no expectation. */
  readonly note?: string
}

export interface TargetChoice {
  /** `HOST:PORT`, `gateway/NAME[:PORT]`, or nothing: the only TCP gateway port applied. */
  readonly target: string | undefined
  readonly expect: string | undefined
  /** The name sent in the TLS handshake, which may decide where connections go. */
  readonly sni?: string | undefined
}

/** Throws a UserError for a target that cannot be read or is not there. */
export async function probeTarget({target, expect, sni}: TargetChoice, resources: () => Promise<Resources>): Promise<ProbeTarget> {
  const given = expect === undefined ? undefined : parseExpectation(expect)
  const gateway = target === undefined ? {} : parseGateway(target)
  if (target !== undefined && gateway === undefined) return {...parseAddress(target), expectation: given}
  const applied = await appliedRoutes(await resources())
  const route = chooseRoute(applied, {...gateway, serverName: sni})
  const place = {host: route.host, port: route.port, name: `gateway/${route.gateway.split('/')[1]} ${route.host}:${route.port}`, route}
  if (given !== undefined) return {...place, expectation: given}
  try {
    return {...place, expectation: expectationOf(applied, route)}
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {...place, expectation: undefined, note: `only counting: ${error.message}`}
  }
}

/** Throws a UserError where the gateway could not bind the target's port: whoever answers there is somebody else. */
export function requireListening({listeners}: GatewayStatus, {host, port, name}: ProbeTarget): void {
  const own = listeners.find((listener) => listener.port === port && (listener.address === host || listener.address === '0.0.0.0'))
  if (own === undefined || own.bound) return
  throw new UserError(`${name}: the gateway does not listen there: ${own.problem ?? 'the port cannot be bound'}`, {
    hint: 'end that process, change the Gateway\'s port, or choose another address with \'tshift gateway start --bind\'',
    exitCode: 8,
  })
}

function parseGateway(target: string): {gateway: string; port?: number} | undefined {
  const [, gateway, port] = /^(?:gateway|gw)\/([^:]+)(?::(\d+))?$/.exec(target) ?? []
  return gateway === undefined ? undefined : {gateway, ...(port === undefined ? {} : {port: Number(port)})}
}

function parseAddress(target: string): {host: string; port: number; name: string} {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(target) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65_535) {
    throw new UserError(`cannot read the target "${target}"`, {hint: 'write HOST:PORT, [IPv6]:PORT or gateway/NAME', exitCode: 2})
  }
  return {host, port, name: target}
}
