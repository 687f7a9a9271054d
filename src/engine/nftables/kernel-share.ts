import {networkInterfaces} from 'node:os'
import {memoizeByIdentity} from '../../base/memoize.js'
import type {Cluster, Listener, Routing} from '../../routing/routing.js'
import {divideRouting} from '../choose-engine.js'
import type {EngineOptions} from '../engine.js'
import {clustersOf} from './kernel-plan.js'
import {type KernelFacts, nftablesObstacle} from './nftables-obstacle.js'
import {routeLocalnet} from './route-localnet.js'

/** Which listeners are the kernel's; why others are not is told to the log, once for each. */
export class KernelShare {
  #told: ReadonlySet<string> = new Set()
  #facts: {readonly text: string; readonly facts: KernelFacts} | undefined

  constructor(private readonly options: Pick<EngineOptions, 'address' | 'seed'> & {readonly log: (line: string) => void}) {}

  divide(routing: Routing): ReturnType<typeof divideRouting> {
    const facts = this.#look()
    const obstacles = new Map(routing.listeners.map((listener) => [listener, obstacleOf(listener, facts, ...clustersOf(listener, routing.clusters))]))
    // of the Services' addresses there may be hundreds: `proxy-config` and the status say who serves them
    const news = [...obstacles].flatMap(([{name, scope}, obstacle]) =>
      obstacle === undefined || scope === 'mesh' ? [] : [`listener ${name} is not served by the kernel: ${obstacle}`],
    )
    for (const line of news) if (!this.#told.has(line)) this.options.log(line)
    this.#told = new Set(news)
    return divideRouting(routing, (listener) => obstacles.get(listener) === undefined)
  }

  /** The very same facts as long as they are. */
  #look(): KernelFacts {
    const {address, seed} = this.options
    const addresses = Object.values(networkInterfaces()).flatMap((some = []) => some.map((each) => each.address))
    const facts = {address, mayRouteLocalnet: routeLocalnet() !== 'fixed', isSeeded: seed !== undefined}
    const text = JSON.stringify([facts, addresses])
    if (this.#facts?.text !== text) this.#facts = {text, facts: {...facts, localAddresses: new Set(addresses)}}
    return this.#facts.facts
  }
}

const obstacleOf = memoizeByIdentity((listener: Listener, facts: KernelFacts, ...clusters: readonly (Cluster | undefined)[]) => {
  const keys = listener.chains.flatMap(({route}) => route.destinations.map(({cluster}) => cluster))
  const found = keys.flatMap((key, i) => (clusters[i] === undefined ? [] : [[key, clusters[i]] as const]))
  return nftablesObstacle(listener, Object.fromEntries(found), facts)
})
