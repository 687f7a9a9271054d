import {invalid, ruleBroken, type FieldError} from '../../field-error.js'

type Labels = Readonly<Record<string, string>>

/** `matchLabels` of selectors, as Istio's CRDs limit them (istio api type/v1beta1/selector.proto). */
export function validateMatchLabels(labels: Labels | undefined, field: string): readonly FieldError[] {
  const keys = Object.keys(labels ?? {})
  return [
    ...wildcardValues(labels, field, 'wildcard not allowed in label value match'),
    ...(keys.some((key) => key.includes('*')) ? [ruleBroken(field, 'wildcard not allowed in label key match')] : []),
    ...(keys.includes('') ? [ruleBroken(field, 'key must not be empty')] : []),
  ]
}

/** `labels` of the older selectors of ServiceEntry and Sidecar (istio api networking/v1alpha3/sidecar.proto). */
export function validateSelectorLabels(labels: Labels | undefined, field: string): readonly FieldError[] {
  return wildcardValues(labels, field, 'wildcard is not supported in selector')
}

function wildcardValues(labels: Labels = {}, field: string, message: string): readonly FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => (value.includes('*') ? [invalid(`${field}[${key}]`, value, message)] : []))
}
