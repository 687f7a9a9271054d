import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typesInStore} from '../../resources/types-in-store.js'
import {parseTargets} from '../targets.js'

interface CronJob extends KubeObject {
  readonly spec: {readonly jobTemplate: {readonly metadata?: Partial<ObjectMeta>; readonly spec: JobSpec}}
}

interface JobSpec {
  readonly template: {readonly metadata?: object; readonly spec: {readonly containers: readonly object[]}}
}

const MANUAL = {'cronjob.kubernetes.io/instantiate': 'manual'}

/** The CronJob that `--from=cronjob/NAME` means. Throws kubectl's UserErrors and the API's NotFound. */
export async function cronJobNamed(word: string, namespace: string, resources: Resources): Promise<KubeObject> {
  const [target] = parseTargets([word], await typesInStore(resources))
  if (target?.name === undefined) throw new UserError('resource(s) were provided, but no name was specified')
  const object = await resources.get(target.type, target.type.namespaced ? namespace : undefined, target.name)
  if (object.kind === 'CronJob') return object
  throw new UserError(`unknown object type ${object.kind}`)
}

/** A run of a CronJob out of turn. Source: kubectl `create_job.go` `createJobFromCronJob`. */
export function jobFrom(cronJob: KubeObject, metadata: ObjectMeta): KubeObject {
  const {apiVersion, kind} = cronJob
  const {jobTemplate} = (cronJob as CronJob).spec
  const {labels, annotations} = jobTemplate.metadata ?? {}
  const owner = {apiVersion, kind, name: cronJob.metadata.name, uid: cronJob.metadata.uid ?? '', controller: true}
  const own = {...metadata, ...(labels === undefined ? {} : {labels}), annotations: {...annotations, ...MANUAL}, ownerReferences: [owner]}
  return {kind: 'Job', apiVersion: 'batch/v1', metadata: own, ...{spec: typedSpec(jobTemplate.spec), status: {}}}
}

/** With the parts that Go's structs have even where they are empty. */
function typedSpec({template, ...others}: JobSpec): object {
  const containers = template.spec.containers.map((container) => ({...container, resources: 'resources' in container ? container.resources : {}}))
  return {...others, template: {metadata: template.metadata ?? {}, spec: {...template.spec, containers}}}
}
