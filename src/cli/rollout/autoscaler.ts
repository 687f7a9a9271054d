import type {KubeObject, ObjectMeta} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {quantityValue} from '../../api/quantity.js'
import {UserError} from '../../base/user-error.js'
import {isScalable} from './scalable.js'

export interface AutoscaleOptions {
  /** -1: left to the server. */
  readonly min: number
  readonly max: number
  /** A percentage or a quantity each. */
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
}

/** Throws kubectl's UserErrors for bounds that leave nothing between them. */
export function requireBounds({min, max}: Pick<AutoscaleOptions, 'min' | 'max'>): void {
  if (max < 1) throw new UserError(`--max=MAXPODS is required and must be at least 1, max: ${max}`)
  if (max < min) throw new UserError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`)
}

/**
 * The autoscaler `kubectl autoscale` makes for an object, its fields in the order of the Go struct. Throws a UserError for what has no scale and
 * for targets that are neither a percentage nor a quantity. Source: kubectl autoscale.go.
 */
export function autoscalerFor(object: KubeObject, type: ResourceType, {metadata, options}: {metadata: ObjectMeta; options: AutoscaleOptions}): KubeObject {
  if (!isScalable(type)) {
    const version = `${type.group}/${type.version}`
    throw new UserError(`cannot autoscale a ${type.kind}: could not find scale subresource for ${version}, Resource=${type.plural} in discovery information`)
  }
  const {min, max, cpu, memory} = options
  const metrics = [...metric('cpu', cpu, 'm'), ...metric('memory', memory, 'Mi')]
  const spec = {
    scaleTargetRef: {kind: object.kind, name: object.metadata.name, apiVersion: object.apiVersion},
    ...(min > 0 && {minReplicas: min}),
    maxReplicas: max,
    ...(metrics.length > 0 && {metrics}),
  }
  return {kind: 'HorizontalPodAutoscaler', apiVersion: 'autoscaling/v2', metadata, ...{spec, status: {desiredReplicas: 0, currentMetrics: null}}}
}

function metric(name: string, text: string | undefined, unit: string): readonly object[] {
  return text === undefined || text === '' ? [] : [{type: 'Resource', resource: {name, target: targetOf(name, text, unit)}}]
}

function targetOf(name: string, text: string, unit: string): object {
  if (text.endsWith('%')) {
    const percentage = text.slice(0, -1)
    if (!/^\d+$/.test(percentage)) throw new UserError(`invalid percentage value: ${percentage}`)
    return {type: 'Utilization', averageUtilization: Number(percentage)}
  }
  if (quantityValue(text) === undefined) throw new UserError(`invalid resource ${name} value: ${text}`)
  return {type: 'AverageValue', averageValue: /^\d+$/.test(text) ? `${text}${unit}` : text}
}
