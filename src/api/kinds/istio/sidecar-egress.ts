import type {EgressListener} from '../sidecar.js'
import {checkEgressHost} from './domain.js'
import {checkAddress, checkPort, checkPortName, checkProtocol, checkUnixPath, UNIX} from './network.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/** What a Sidecar sees (istio ValidateSidecar). Only the last listener may be for every port. */
export function checkEgress(listeners: readonly EgressListener[], namespace: string): Verdict {
  const ports = new Set<number>()
  const sockets = new Set<string>()
  return merge(
    ...listeners.map((listener, index) => {
      if (listener === null) return refuse('egress listener may not be null')
      const {port, bind = ''} = listener
      const isLast = index === listeners.length - 1
      const place = isLast ? FINE : refuse('sidecar: the egress listener with empty port should be the last listener in the list')
      if (port === undefined) return merge(place, checkHosts(listener, namespace))
      const {number = 0} = port
      const isTaken = number === 0 ? sockets.has(bind) : ports.has(number)
      if (number === 0) sockets.add(bind)
      else ports.add(number)
      return merge(refuse(...checkPlace(listener), ...(isTaken ? [takenText(number)] : [])), checkHosts(listener, namespace))
    }),
  )
}

function takenText(number: number): string {
  return number === 0 ? 'sidecar: unix domain socket values for listeners must be unique' : 'sidecar: ports on IP bound listeners must be unique'
}

function checkPlace({port = {}, bind = '', captureMode = 'DEFAULT'}: EgressListener): readonly string[] {
  const {number = 0, name = '', protocol = '', targetPort = 0} = port
  const common = [
    ...(targetPort > 0 ? ['targetPort has no impact on Sidecars'] : []),
    ...(name === '' ? [] : checkPortName(name)),
    ...checkProtocol(protocol),
  ]
  if (number !== 0) return [...common, ...checkPort(number), ...(bind === '' ? [] : checkAddress(bind))]
  return [
    ...common,
    ...(bind.startsWith(UNIX) ? checkUnixPath(bind.slice(UNIX.length)) : ['sidecar: ports with 0 value must have a unix domain socket bind address']),
    ...(captureMode === 'IPTABLES' ? ['sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners'] : []),
  ]
}

function checkHosts({hosts = []}: EgressListener, namespace: string): Verdict {
  if (hosts.length === 0) return refuse('sidecar: egress listener must contain at least one host')
  const seen = new Map<string, Set<string>>()
  const verdicts = hosts.map((host) => {
    const repeated = isRepeated(host, seen, namespace) ? warn(`duplicated egress host: ${host}`) : FINE
    return merge(repeated, refuse(...checkEgressHost(host)))
  })
  const isAll = seen.get('*')?.has('*') === true && seen.size !== 1
  return merge(...verdicts, isAll ? warn('`*/*` host select all resources, no other hosts can be added') : FINE)
}

/** Whether a host was there before, or a wildcard of its namespace was; notes it as seen. */
function isRepeated(text: string, seen: Map<string, Set<string>>, own: string): boolean {
  const slash = text.indexOf('/')
  if (slash === -1) return false
  const [written, host] = [text.slice(0, slash), text.slice(slash + 1)]
  const namespace = written === '.' ? own : written
  const known = seen.get(namespace) ?? new Set<string>()
  seen.set(namespace, known)
  const isKnown = host === '*' ? known.size > 0 : known.has(host) || known.has('*')
  known.add(host)
  return isKnown
}
