import {compareBytes} from '../byte-order.js'
import type {Fields} from './fields.js'
import {labelLines, nameLines, tableLines} from './metadata.js'
import {canonicalQuantity} from './quantity.js'
import type {Describer} from './surroundings.js'
import {formatMoment} from './times.js'

/** Source: kubectl `describeNamespace`. */
export const namespaceDescriber: Describer = {
  needs: ['limitranges', 'resourcequotas'],
  describe: (namespace, {neighbours}) => [
    `Name:\t${namespace.text('metadata.name')}`,
    ...labelLines(namespace),
    `Status:\t${namespace.text('status.phase')}`,
    ...conditionLines(namespace.items('status.conditions')),
    '',
    ...quotaLines(neighbours.resourcequotas ?? []),
    '',
    ...limitLines(neighbours.limitranges ?? []),
  ],
}

function conditionLines(conditions: readonly Fields[]): readonly string[] {
  const rows = conditions.map((one) => {
    const moment = formatMoment(one.text('lastTransitionTime'))
    return [one.text('type'), one.text('status'), moment, one.text('reason'), one.text('message')]
  })
  const heads = ['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message']
  return rows.length === 0 ? [] : ['Conditions:', ...tableLines(heads, ['----', '------', '------------------', '------', '-------'], rows)]
}

function quotaLines(quotas: readonly Fields[]): readonly string[] {
  if (quotas.length === 0) return ['No resource quota.']
  const lines = quotas.flatMap((quota) => [
    `  Name:\t${quota.text('metadata.name')}`,
    ...scopeLines(quota, '  ', '  * '),
    ...tableLines(['Resource', 'Used', 'Hard'], ['--------', '---', '---'], quotaRows(quota)),
  ])
  return ['Resource Quotas', ...lines]
}

const SCOPES: Readonly<Record<string, string>> = {
  Terminating: 'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort: 'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
}

function scopeLines(quota: Fields, indent: string, bullet: string): readonly string[] {
  const scopes = [...quota.texts('spec.scopes')].sort(compareBytes)
  if (scopes.length === 0) return []
  return [`${indent}Scopes:\t${scopes.join(', ')}`, ...scopes.flatMap((scope) => (SCOPES[scope] === undefined ? [] : [`${bullet}${SCOPES[scope]}`]))]
}

function quotaRows(quota: Fields): readonly (readonly string[])[] {
  const used = new Map(quota.pairs('status.used'))
  return quota.pairs('status.hard').map(([name, hard]) => [name, canonicalQuantity(used.get(name) ?? '0'), canonicalQuantity(hard)])
}

/** Source: kubectl `describeQuota`. */
export const resourceQuotaDescriber: Describer = {
  describe: (quota) => [
    ...nameLines(quota),
    ...scopeLines(quota, '', ' * '),
    ...tableLines(['Resource', 'Used', 'Hard'], ['--------', '----', '----'], quotaRows(quota), 0),
  ],
}

const LIMIT_HEADS = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio']
const LIMIT_DASHES = ['----', '--------', '---', '---', '---------------', '-------------', '-----------------------']
const LIMIT_FIELDS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio']

function limitLines(ranges: readonly Fields[]): readonly string[] {
  if (ranges.length === 0) return ['No LimitRange resource.']
  return ['Resource Limits', ...tableLines(LIMIT_HEADS, LIMIT_DASHES, ranges.flatMap(limitRows), 0).map((line) => ` ${line}`)]
}

function limitRows(range: Fields): readonly (readonly string[])[] {
  return range.items('spec.limits').flatMap((limit) => {
    const maps = LIMIT_FIELDS.map((field) => new Map(limit.pairs(field)))
    const names = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort(compareBytes)
    return names.map((name) => [limit.text('type'), name, ...maps.map((map) => canonicalQuantity(map.get(name) ?? '-'))])
  })
}

/** Source: kubectl `describeLimitRange`. */
export const limitRangeDescriber: Describer = {
  describe: (range) => [...nameLines(range), ...tableLines(LIMIT_HEADS, LIMIT_DASHES, limitRows(range), 0)],
}
