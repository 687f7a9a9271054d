import {selects} from '../../routing/labels.js'
import {isReady} from '../../daemon/controllers/pod-readiness.js'
import type {PodView, PeerAuthentication} from '../../inspect/describe/describe-pod.js'
import {proxyFor, proxyOfPod} from '../../inspect/proxies.js'
import {INGRESS_PROXY, MESH_PROXY} from '../../inspect/proxy-view.js'
import {indexRules} from '../../inspect/rule-of.js'
import {INGRESS} from '../../resources/cluster.js'
import {BaseCommand} from '../base-command.js'
import {worldOf, type World} from '../../daemon/world.js'

/** What `x describe` commands share: what there is, and how `NAME[.NAMESPACE]` is read. */
export abstract class DescribeCommand extends BaseCommand {
  protected async look(asked: string): Promise<{readonly world: World; readonly view: PodView}> {
    const {resources} = await this.session()
    const world = worldOf((await resources.listAll()).items)
    return {world, view: viewOf(world, asked)}
  }

  protected printLines(lines: readonly string[]): void {
    this.out(lines.map((line) => `${line}\n`).join(''))
  }
}

/** `name.namespace`, or a name in the namespace asked about. */
export function parseName(word: string, namespace: string): {readonly name: string; readonly namespace: string} {
  const dot = word.lastIndexOf('.')
  return dot <= 0 ? {name: word, namespace} : {name: word.slice(0, dot), namespace: word.slice(dot + 1)}
}

function viewOf(world: World, asked: string): PodView {
  const {pods, services, virtualServices, kinds, gateways} = world
  const rulesOf = indexRules(world, {...proxyFor(MESH_PROXY), namespace: asked})
  const peerAuthentications = kinds.flat().filter(({kind}) => kind === 'PeerAuthentication') as readonly PeerAuthentication[]
  const ingressPod = pods.find((pod) => proxyOfPod(pod) === INGRESS_PROXY && isReady(pod))
  const front = services.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.name === INGRESS.name)
  const address = front?.status?.loadBalancer?.ingress?.[0]?.ip ?? 'unknown'
  const served = gateways.filter(({spec}) => selects(spec?.selector, ingressPod?.metadata.labels))
  const ingress = ingressPod && {address, gateways: served, virtualServices, asked}
  return {asked, pods, services, virtualServices, rulesOf, peerAuthentications, ...(ingress === undefined ? {} : {ingress})}
}
