import {revisionOf} from '../../api/kinds/deployment-revision.js'
import type {ReplicaSet} from '../../api/kinds/replica-set.js'
import {UserError} from '../../base/user-error.js'
import {fieldsOf} from '../../output/describe/fields.js'
import {templateLines} from '../../output/describe/pod-template.js'
import {alignRows} from '../../output/tabwriter.js'
import type {Resources} from '../../resources/resources.js'
import {revisionsOf} from './revisions.js'
import type {Selected} from './select-workloads.js'
import {groupKind, isDeployment, isTemplated, isVisited} from './workload.js'

const CHANGE_CAUSE = 'kubernetes.io/change-cause'

type Found = Extract<Selected, {type: 'found'}>

/** The ReplicaSets that are a workload's revisions. Throws a UserError for kinds without, as kubectl words it. */
export async function historyOf({resource, object}: Found, resources: Resources): Promise<readonly ReplicaSet[]> {
  if (!isTemplated(object) && isVisited(resource)) throw new UserError(`no history viewer has been implemented for "${groupKind(resource)}"`)
  if (!isTemplated(object)) throw new UserError(`error retrieving history for "${groupKind(resource)}", no visitor method exists for {${resource.group} ${resource.kind}}`)
  return isDeployment(object) ? revisionsOf(object, resources) : []
}

/** What `rollout history` says below the name: all revisions, or the template of one. Source: kubectl polymorphichelpers/history.go. */
export function historyText(history: readonly ReplicaSet[], revision: number): string {
  if (revision > 0) return templateText(revisionIn(history, revision))
  if (history.length === 0) return 'No rollout history found.'
  const rows = history.map((replicaSet) => [String(revisionOf(replicaSet)), causeOf(replicaSet) ?? '<none>'])
  return alignRows([['REVISION', 'CHANGE-CAUSE'], ...rows], {minWidth: 0, padding: 2})
}

/** Throws a UserError where the revision is not, or no longer, there. */
export function revisionIn(history: readonly ReplicaSet[], revision: number): ReplicaSet {
  const found = history.find((replicaSet) => revisionOf(replicaSet) === revision)
  if (found === undefined) throw new UserError('unable to find the specified revision')
  return found
}

/** A pod template as `describe` shows it, though with tabs as they are: nothing aligns them here. */
export function templateText(replicaSet: ReplicaSet): string {
  const {template} = replicaSet.spec
  const cause = causeOf(replicaSet)
  const annotations = {...template?.metadata?.annotations, ...(cause !== undefined && {[CHANGE_CAUSE]: cause})}
  const shown = {...template, metadata: {...template?.metadata, ...(Object.keys(annotations).length > 0 && {annotations})}}
  return templateLines(fieldsOf(shown)).map((line) => `${line}\n`).join('')
}

function causeOf({metadata}: ReplicaSet): string | undefined {
  const cause = metadata.annotations?.[CHANGE_CAUSE]
  return cause === '' ? undefined : cause
}
