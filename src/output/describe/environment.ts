import type {Fields} from './fields.js'
import {divideUp, parseQuantity} from './quantity.js'

/** A container's variables. `pod` is there for those that name fields of it; a template has none. Source: kubectl `describeContainerEnvVars`. */
export function environmentLines(container: Fields, pod: Fields | undefined): readonly string[] {
  const from = container.items('envFrom')
  const variables = container.items('env')
  return [
    ...(from.length === 0 ? [] : ['    Environment Variables from:', ...from.map(sourceLine)]),
    `    Environment:${variables.length === 0 ? '\t<none>' : ''}`,
    ...variables.flatMap((variable) => variableLines(variable, container, pod)),
  ]
}

function sourceLine(source: Fields): string {
  const isMap = source.has('configMapRef')
  const kind = isMap ? 'ConfigMap' : source.has('secretRef') ? 'Secret' : ''
  const reference = source.at(isMap ? 'configMapRef' : 'secretRef')
  const prefix = source.text('prefix')
  return `      ${reference.text('name')}\t${kind}${prefix === '' ? '' : ` with prefix '${prefix}'`}\tOptional: ${reference.flag('optional')}`
}

function variableLines(variable: Fields, container: Fields, pod: Fields | undefined): readonly string[] {
  const name = variable.text('name')
  const from = variable.at('valueFrom')
  if (!variable.has('valueFrom')) {
    return variable.text('value').split('\n').map((line, index) => (index === 0 ? `      ${name}:\t${line}` : `      \t${line}`))
  }
  const value = sourceText(from, container, pod)
  return value === undefined ? [] : [`      ${name}:\t${value}`]
}

function sourceText(from: Fields, container: Fields, pod: Fields | undefined): string | undefined {
  if (from.has('fieldRef')) {
    const path = from.text('fieldRef.fieldPath')
    return `${pod === undefined ? '' : podField(pod, path)} (${from.text('fieldRef.apiVersion')}:${path})`
  }
  if (from.has('resourceFieldRef')) return `${resourceValue(from.at('resourceFieldRef'), container)} (${from.text('resourceFieldRef.resource')})`
  if (from.has('secretKeyRef')) return keyText(from.at('secretKeyRef'), (key, name) => `<set to the key '${key}' in secret '${name}'>`)
  if (from.has('configMapKeyRef')) return keyText(from.at('configMapKeyRef'), (key, name) => `<set to the key '${key}' of config map '${name}'>`)
  return undefined
}

function keyText(reference: Fields, format: (key: string, name: string) => string): string {
  return `${format(reference.text('key'), reference.text('name'))}\tOptional: ${reference.flag('optional')}`
}

/** kubectl knows the values of two fields. Source: apimachinery `DefaultMetaV1FieldSelectorConversion`. */
function podField(pod: Fields, path: string): string {
  return ['metadata.name', 'metadata.namespace'].includes(path) ? pod.text(path) : ''
}

/** In units of the divisor, rounded up. Source: kubectl `resource.ExtractContainerResourceValue`. */
function resourceValue(reference: Fields, container: Fields): string {
  const resource = reference.text('resource')
  const [list = '', name = ''] = resource.split('.')
  const found = container.pairs(`resources.${list}`).find(([key]) => key === name)?.[1] ?? '0'
  const quantity = parseQuantity(found)?.nanos ?? 0n
  const divisor = parseQuantity(reference.text('divisor'))?.nanos ?? 0n
  const value = String(divideUp(quantity, divisor === 0n ? 1_000_000_000n : divisor))
  return value === '0' && /^limits\.(cpu|memory)$/.test(resource) ? 'node allocatable' : value
}
