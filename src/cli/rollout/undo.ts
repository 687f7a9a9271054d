import {POD_TEMPLATE_HASH} from '../../api/kinds/deployment-revision.js'
import type {ReplicaSet} from '../../api/kinds/replica-set.js'
import {isSameJson} from '../../api/same-json.js'
import {UserError} from '../../base/user-error.js'
import {hasTemplateOf} from '../../daemon/controllers/deployments/new-replica-set.js'
import {copiedAnnotations, OWN_ANNOTATIONS} from '../../daemon/controllers/deployments/revision.js'
import type {Resources} from '../../resources/resources.js'
import {isRefusal} from '../failure.js'
import type {DryRun} from '../flags/dry-run.js'
import {throwTogether} from '../throw-together.js'
import {historyOf, templateText} from './history.js'
import type {Change} from './print-changes.js'
import type {Revision} from './revisions.js'
import type {Selected} from './select-workloads.js'
import {groupKind, isDeployment, isTemplated, isVisited, type TemplatedWorkload} from './workload.js'

export interface UndoOptions {
  /** 0: the one before the present. */
  readonly toRevision: number
  readonly dryRun: DryRun
}

type Found = Extract<Selected, {type: 'found'}>

/** Brings back the template of an earlier revision. Those that refuse keep none of the others back and are thrown at the end. Source: kubectl polymorphichelpers/rollback.go. */
export async function* undoRollouts(selected: AsyncIterable<Selected>, options: UndoOptions, resources: Resources): AsyncIterable<Change> {
  const errors: Error[] = []
  for await (const one of selected) {
    try {
      if (one.type === 'failed') throw one.error
      yield await undoOne(one, options, resources)
    } catch (error) {
      if (!isRefusal(error)) throw error
      errors.push(error)
    }
  }
  throwTogether(errors)
}

async function undoOne({resource, object}: Found, {toRevision, dryRun}: UndoOptions, resources: Resources): Promise<Change> {
  if (!isTemplated(object) && !isVisited(resource)) throw new UserError(`error retrieving rollbacker for "${groupKind(resource)}", no visitor method exists for {${resource.group} ${resource.kind}}`)
  if (!isTemplated(object)) throw new UserError(`no rollbacker has been implemented for "${groupKind(resource)}"`)
  const target = targetOf(object, await historyOf({type: 'found', resource, object}, resources), toRevision)
  if (dryRun === 'client') return {type: 'done', resource, object, operation: templateText(target)}
  if (isDeployment(object) && object.spec.paused === true) {
    throw new UserError("you cannot rollback a paused deployment; resume it first with 'tshift rollout resume' and try again")
  }
  if (hasTemplate(object, target)) {
    return {type: 'done', resource, object, operation: `skipped rollback (current template already matches revision ${toRevision})`}
  }
  const options = {dryRun: dryRun === 'server', fieldManager: 'kubectl-rollout'}
  const written = await resources.mutate<TemplatedWorkload>(resource, object.metadata, (live) => rolledBack(live, target), options)
  return {type: 'done', resource, object: written.object, operation: 'rolled back'}
}

function targetOf(workload: TemplatedWorkload, history: readonly Revision[], toRevision: number): Revision {
  const target = toRevision === 0 ? history.at(-2) : history.find(({number}) => number === toRevision)
  if (target !== undefined) return target
  if (toRevision !== 0) throw new UserError(`unable to find specified revision ${toRevision} in history`)
  throw new UserError(isDeployment(workload) ? `no rollout history found for deployment "${workload.metadata.name}"` : 'no last revision to roll back to')
}

function hasTemplate(workload: TemplatedWorkload, {template, object}: Revision): boolean {
  return isDeployment(workload) ? hasTemplateOf(object as ReplicaSet, workload) : isSameJson(workload.spec.template, template)
}

/** A Deployment's annotations are its revision's as well; other workloads go back with their template alone. */
function rolledBack(live: TemplatedWorkload, {template, object}: Revision): TemplatedWorkload {
  if (!isDeployment(live)) return {...live, spec: {...live.spec, template}}
  const replicaSet = object as ReplicaSet
  const {[POD_TEMPLATE_HASH]: _, ...labels} = replicaSet.spec.template?.metadata?.labels ?? {}
  const kept = Object.entries(live.metadata.annotations ?? {}).filter(([key]) => OWN_ANNOTATIONS.has(key))
  const annotations = {...Object.fromEntries(kept), ...copiedAnnotations(replicaSet)}
  const own = {...replicaSet.spec.template, metadata: {...replicaSet.spec.template?.metadata, labels}}
  return {...live, metadata: {...live.metadata, annotations}, spec: {...live.spec, template: own}}
}
