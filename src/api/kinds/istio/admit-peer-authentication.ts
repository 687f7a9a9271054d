import type {PeerAuthentication} from '../peer-authentication.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkSelector} from './tags.js'
import {FINE, merge, refuse, type Verdict} from './verdict.js'

/** istiod's verdict on a PeerAuthentication (istio validation.go ValidatePeerAuthentication). */
export function admitPeerAuthentication(policy: PeerAuthentication): Verdict {
  const {selector, portLevelMtls} = policy.spec ?? {}
  const ports = Object.keys(portLevelMtls ?? {})
  const isForAll = Object.keys(selector?.matchLabels ?? {}).length === 0
  return merge(
    refuse(...checkReservedAnnotations(policy)),
    isForAll && ports.length > 0 ? refuse('mesh/namespace peer authentication cannot have port level mTLS') : FINE,
    portLevelMtls !== undefined && ports.length === 0 ? refuse('port level mTLS, if defined, must have at least one element') : FINE,
    refuse(...ports.filter((port) => !(Number(port) >= 1 && Number(port) <= 65_535)).map(() => 'port must be in range 1..65535')),
    selector === undefined ? FINE : checkSelector(selector.matchLabels),
  )
}
