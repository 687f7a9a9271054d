import type {Container, PodSpec} from '../../../api/kinds/pod-spec.js'
import type {Job} from '../../../api/kinds/job.js'
import type {KubeObject} from '../../../api/object.js'
import {mapField} from '../../../api/kinds/fill.js'
import {controllerReference} from '../ownership.js'
import {INDEX, TRACKING} from './job-pods.js'

/** A pod of a Job, with its index where the Job counts them. Source: kubernetes `podGenerateNameWithIndex`, `addCompletionIndexEnvVariables`. */
export function podOf(job: Job, index: number | undefined): KubeObject {
  const {name, namespace = 'default'} = job.metadata
  const {metadata = {}, spec = {containers: []}} = job.spec.template
  const own = index === undefined ? {} : {[INDEX]: String(index)}
  const annotations = {...metadata.annotations, ...own}
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: index === undefined ? `${name}-` : `${name}-${index}-`,
      namespace,
      labels: {...metadata.labels, ...own},
      ...(Object.keys(annotations).length > 0 && {annotations}),
      finalizers: [TRACKING],
      ownerReferences: [controllerReference(job)],
    },
    spec: index === undefined ? spec : {...withIndex(spec), hostname: `${name}-${index}`},
  } as unknown as KubeObject
}

/** Programs find their index in a variable. */
function withIndex(spec: PodSpec): PodSpec {
  const variable = {name: 'JOB_COMPLETION_INDEX', valueFrom: {fieldRef: {fieldPath: `metadata.labels['${INDEX}']`}}}
  const told = (container: Container): Container => ({...container, env: [...(container.env ?? []).filter(({name}) => name !== variable.name), variable]})
  return mapField({...spec, containers: spec.containers.map(told)}, 'initContainers', (containers) => containers.map(told))
}
