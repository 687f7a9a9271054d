import {UserError} from '../../base/user-error.js'
import {fieldsOf} from '../../output/describe/fields.js'
import {templateLines} from '../../output/describe/pod-template.js'
import {alignRows} from '../../output/tabwriter.js'
import type {Resources} from '../../resources/resources.js'
import {revisionsOf, type Revision} from './revisions.js'
import type {Selected} from './select-workloads.js'
import {groupKind, isDeployment, isTemplated, isVisited} from './workload.js'

const CHANGE_CAUSE = 'kubernetes.io/change-cause'

type Found = Extract<Selected, {type: 'found'}>

/** A workload's revisions, the lowest first. Throws a UserError for kinds without, as kubectl words it. */
export async function historyOf({resource, object}: Found, resources: Resources): Promise<readonly Revision[]> {
  if (!isTemplated(object) && isVisited(resource)) throw new UserError(`no history viewer has been implemented for "${groupKind(resource)}"`)
  if (!isTemplated(object)) throw new UserError(`error retrieving history for "${groupKind(resource)}", no visitor method exists for {${resource.group} ${resource.kind}}`)
  const revisions = await revisionsOf(object, resources)
  // a Deployment's causes are on its ReplicaSets and are shown with the template; those of other workloads are not
  return isDeployment(object) ? revisions.map(withCause) : revisions
}

function withCause(revision: Revision): Revision {
  const cause = causeOf(revision)
  if (cause === undefined) return revision
  const {template} = revision
  return {...revision, template: {...template, metadata: {...template.metadata, annotations: {...template.metadata?.annotations, [CHANGE_CAUSE]: cause}}}}
}

/** What `rollout history` says below the name: all revisions, or the template of one. Source: kubectl polymorphichelpers/history.go. */
export function historyText(history: readonly Revision[], revision: number): string {
  if (revision > 0) return templateText(revisionIn(history, revision))
  if (history.length === 0) return 'No rollout history found.'
  const rows = history.map((one) => [String(one.number), causeOf(one) ?? '<none>'])
  return alignRows([['REVISION', 'CHANGE-CAUSE'], ...rows], {minWidth: 0, padding: 2})
}

/** Throws a UserError where the revision is not, or no longer, there. */
export function revisionIn(history: readonly Revision[], revision: number): Revision {
  const found = history.find(({number}) => number === revision)
  if (found === undefined) throw new UserError('unable to find the specified revision')
  return found
}

/** A pod template as `describe` shows it, though with tabs as they are: nothing aligns them here. */
export function templateText({template}: Pick<Revision, 'template'>): string {
  return templateLines(fieldsOf(template)).map((line) => `${line}\n`).join('')
}

function causeOf({annotations}: Revision): string | undefined {
  const cause = annotations[CHANGE_CAUSE]
  return cause === '' ? undefined : cause
}
