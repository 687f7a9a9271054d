import type {KubeObject} from '../../api/object.js'
import {worldOf} from '../../daemon/world.js'
import {compile} from '../../routing/compile.js'
import type {RoutingFinding} from '../../routing/routing.js'
import {INGRESS} from '../../resources/cluster.js'

const INGRESS_PROXY = {namespace: INGRESS.namespace, labels: {app: 'istio-ingressgateway', istio: 'ingressgateway'}, domain: 'cluster.local'}

/** What compiling these objects finds out. */
export function routingFindings(objects: readonly KubeObject[]): readonly RoutingFinding[] {
  return compile(worldOf(objects), INGRESS_PROXY).findings
}
