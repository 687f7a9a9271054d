import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {invalid, type FieldError} from '../field-error.js'
import {ageColumn} from './age-column.js'
import {hasNoEffect} from './has-no-effect.js'
import {admitWorkloadGroup} from './istio/admit-workload-group.js'
import {atMostOne} from './istio/one-of.js'
import {validatePort, validateWorkload} from './istio/workload-rules.js'
import {istioVersions} from './istio/versions.js'
import {validateMeta} from './object-meta.js'
import type {Workload} from './workload-entry.js'

/** A template of WorkloadEntries for machines that register themselves. None does here: it is stored. */
export interface WorkloadGroup extends KubeObject {
  readonly spec: {
    readonly metadata?: {readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>}
    readonly template: Workload
    readonly probe?: WorkloadProbe
  }
}

export interface WorkloadProbe {
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly httpGet?: HttpProbe
  readonly tcpSocket?: {readonly host?: string; readonly port?: number}
  readonly exec?: {readonly command?: readonly string[]}
  readonly grpc?: {readonly port?: number; readonly service?: string}
}

export interface HttpProbe {
  readonly path?: string
  readonly port?: number
  readonly host?: string
  readonly scheme?: string
  readonly httpHeaders?: readonly {readonly name?: string; readonly value?: string}[]
}

/** The rules of its CRD (istio api networking/v1alpha3/workload_group.proto). The addresses of workloads come when they register. */
function validate(group: WorkloadGroup): readonly FieldError[] {
  const {template, probe} = group.spec
  const {httpGet, tcpSocket, grpc} = probe ?? {}
  const scheme = httpGet?.scheme ?? ''
  return [
    ...validateMeta(group, {namespaced: true}),
    ...validateWorkload(template, 'spec.template', {needsAddress: false}),
    ...atMostOne(probe, 'spec.probe', ['httpGet', 'tcpSocket', 'exec', 'grpc']),
    ...validatePort(httpGet?.port, 'spec.probe.httpGet.port'),
    ...(['', 'HTTP', 'HTTPS'].includes(scheme) ? [] : [invalid('spec.probe.httpGet.scheme', scheme, 'scheme must be one of [HTTP, HTTPS]')]),
    ...validatePort(tcpSocket?.port, 'spec.probe.tcpSocket.port'),
    ...validatePort(grpc?.port, 'spec.probe.grpc.port'),
  ]
}

export const workloadGroupType: ResourceType = {
  ...istioVersions,
  kind: 'WorkloadGroup',
  plural: 'workloadgroups',
  singular: 'workloadgroup',
  shortNames: ['wg'],
  schema: schemaFor('WorkloadGroup'),
  columns: [ageColumn],
  validate,
  admit: admitWorkloadGroup,
  withoutEffect: hasNoEffect,
}
