import {chooseChain, needsInspection} from '../../routing/choose-chain.js'
import type {Listener} from '../../routing/routing.js'
import {proxyFor} from '../proxies.js'
import {isPlainCluster, MESH_PROXY, proxyOfListener} from '../proxy-view.js'
import {indexRules, type RulesOf} from '../rule-of.js'
import {findListener, listenerTrail} from './find-listener.js'
import {chainTrail} from './follow-chain.js'
import {destinationTrail} from './follow-destination.js'
import type {Known, Question} from './known.js'
import {noListener} from './no-listener.js'
import {joinTrails, type Trace, type Trail} from './trace.js'

/** Without a sidecar no policy holds. */
const NO_RULES: RulesOf = () => []

/**
 * Follows a connection from the listener it meets to the endpoints it may reach, with every decision and the object that made it, up to the first
 * link that is broken. Shares of a weighted route are all followed.
 */
export function traceConnection(question: Question, known: Known): Trace {
  return {target: question.target, ...followListener(question, known)}
}

function followListener(question: Question, known: Known): Trail {
  const listener = findListener(question, known)
  if (listener === undefined) return noListener(question, known)
  const start = listenerTrail(listener, question, known)
  const chain = chooseChain(listener.chains, question.client)
  if (chain === undefined) return joinTrails([start, noChain(listener, question)])
  const client = known.snapshot.pods.find(({status}) => status?.podIP === question.client.address)
  const rulesOf = indexRules(known.snapshot, proxyFor(proxyOfListener(listener), proxyOfListener(listener) === MESH_PROXY ? client : undefined))
  const shares = chain.route.destinations.map(({cluster}, index) => destinationTrail({chain, index}, known, isPlainCluster(cluster) ? NO_RULES : rulesOf))
  return joinTrails([start, chainTrail(listener, chain, known.snapshot), ...shares])
}

/** No filter chain is for this client: NR. */
function noChain(listener: Listener, {client}: Question): Trail {
  const names = [...new Set(listener.chains.flatMap(({match}) => match?.serverNames ?? []))]
  const asked = client.serverName === undefined ? 'a client that names no server' : `server name ${client.serverName}`
  const text = `no filter chain is for ${asked} from ${client.address}: the connection is closed (NR)`
  const mend = needsInspection(listener)
    ? `connect with TLS and one of the server names ${names.join(', ')} (trace with --sni)`
    : 'connect from an address that a route is for'
  return {steps: [], broken: {text, mend, flag: 'NR'}}
}
