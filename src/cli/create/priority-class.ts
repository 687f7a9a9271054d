import type {KubeObject, ObjectMeta} from '../../api/object.js'

export interface PriorityOptions {
  readonly value: number
  readonly isGlobalDefault: boolean
  readonly description: string
  readonly preemptionPolicy: string
}

/** A PriorityClass. Source: kubectl `create_priorityclass.go`. */
export function priorityClassOf({name}: ObjectMeta, {value, isGlobalDefault, description, preemptionPolicy}: PriorityOptions): KubeObject {
  const fields = {value, ...(isGlobalDefault ? {globalDefault: true} : {}), ...(description === '' ? {} : {description}), preemptionPolicy}
  return {kind: 'PriorityClass', apiVersion: 'scheduling.k8s.io/v1', metadata: {name}, ...fields}
}
