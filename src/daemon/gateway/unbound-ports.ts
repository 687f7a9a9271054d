import {objectKey} from '../../api/object.js'
import type {Routing} from '../../routing/routing.js'
import type {ListenerReport} from './gateway-status.js'

/** A port of a Gateway of the Gateway API that the gateway process could not have. */
export interface UnboundPort {
  /** `namespace/name` */
  readonly gateway: string
  /** As the Gateway's listeners give it. */
  readonly port: number
  /** For people. */
  readonly problem: string
}

/** The ports that Gateways of the Gateway API ask for and do not have; `reports` tell what became of the routing's listeners. */
export function unboundPorts(reports: readonly ListenerReport[], {listeners}: Routing): readonly UnboundPort[] {
  const problems = new Map(reports.filter(({bound, alias}) => !bound && !alias).map(({name, problem = 'it could not be bound'}) => [name, problem]))
  return listeners.flatMap(({name, chains}) => {
    const problem = problems.get(name)
    // an Istio Gateway may have the same name, and has no status to say it in
    const own = problem === undefined ? [] : chains.filter(({source}) => source?.kind !== undefined)
    return own.map(({gateway}) => ({gateway: objectKey({metadata: gateway}), port: gateway.port, problem: problem ?? ''}))
  })
}
