import {matches, type Selector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import {findByKind} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import {deleteObject, type DeleteOptions} from '../../resources/deletion.js'
import {LAST_APPLIED} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import {failed} from '../failed.js'
import type {DryRun} from '../flags/dry-run.js'
import type {Outcome} from './outcome.js'

export interface PruneOptions extends DeleteOptions {
  readonly selector?: Selector | undefined
  readonly types: readonly ResourceType[]
  readonly dryRun: DryRun
  /** Waits for what was deleted (`--wait`). */
  readonly finish?: ((deleted: readonly KubeObject[]) => Promise<void>) | undefined
}

/** What is pruned where nothing else is said. Source: kubectl `pkg/util/prune` `GetRESTMappings`. */
const DEFAULT_KINDS = [
  'core/v1/ConfigMap', 'core/v1/Endpoints', 'core/v1/Namespace', 'core/v1/PersistentVolumeClaim', 'core/v1/PersistentVolume', 'core/v1/Pod',
  'core/v1/ReplicationController', 'core/v1/Secret', 'core/v1/Service', 'batch/v1/Job', 'batch/v1/CronJob', 'networking.k8s.io/v1/Ingress',
  'apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet',
]

/** The types that `--prune-allowlist` names, `group/version/kind` each. Throws kubectl's UserError for others. */
export function pruneTypes(allowed: readonly string[] | undefined, among: readonly ResourceType[]): readonly ResourceType[] {
  return (allowed ?? DEFAULT_KINDS).flatMap((text) => {
    const [group = '', version = '', kind = '', ...rest] = text.split('/')
    if (kind === '' || rest.length > 0) throw new UserError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`)
    const type = findByKind(group === 'core' ? '' : group, version, kind, among)
    if (type === undefined && allowed !== undefined) {
      throw new UserError(`no matches for kind "${kind}" in version "${group === 'core' ? version : `${group}/${version}`}"`)
    }
    return type === undefined ? [] : [type]
  })
}

/** What was applied once and is not among what was applied now, in the namespaces that were. */
export async function prunable(
  applied: readonly KubeObject[],
  {types, selector}: Pick<PruneOptions, 'types' | 'selector'>,
  resources: Resources,
): Promise<readonly KubeObject[]> {
  const visited = new Set(applied.map(({metadata}) => metadata.uid))
  const namespaces = [...new Set(applied.flatMap(({metadata}) => (metadata.namespace === undefined ? [] : [metadata.namespace])))]
  const found: KubeObject[] = []
  for (const type of types) {
    for (const namespace of type.namespaced ? namespaces : [undefined]) {
      const {items} = await resources.list(type, {namespace})
      found.push(...items.filter(({metadata}) => metadata.annotations?.[LAST_APPLIED] !== undefined && !visited.has(metadata.uid)))
    }
  }
  return found.filter(({metadata}) => metadata.deletionTimestamp === undefined && (selector === undefined || matches(selector, metadata.labels ?? {})))
}

/** Deletes what is left over, after the outcomes of applying; where something was refused nothing is pruned. */
export async function* thenPrune(outcomes: AsyncIterable<Outcome>, options: PruneOptions, resources: Resources): AsyncIterable<Outcome> {
  const applied: KubeObject[] = []
  let hasFailed = false
  for await (const outcome of outcomes) {
    if (outcome.type === 'done') applied.push(outcome.object)
    else hasFailed = true
    yield outcome
  }
  if (hasFailed) return
  const left = await prunable(applied, options, resources)
  yield* sideBySide(left, (object) => object, (object) => pruneOne(object, options, resources))
  if (options.dryRun === 'none') await options.finish?.(left)
}

async function pruneOne(object: KubeObject, options: PruneOptions, resources: Resources): Promise<Outcome> {
  try {
    if (options.dryRun === 'none') await deleteObject(resources, object, options)
    return {type: 'done', operation: 'pruned', object, warnings: []}
  } catch (error) {
    return failed(error, `error when pruning "${object.metadata.name}"`)
  }
}
