import {ruleBroken, type FieldError} from '../../field-error.js'

/** What routes of all kinds share, with the defaults filled in. */
export interface RouteSpec {
  readonly parentRefs?: readonly ParentRef[]
  readonly rules: readonly {readonly name?: string; readonly backendRefs: readonly BackendRef[]}[]
}

export interface ParentRef {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name: string
  readonly sectionName?: string
  readonly port?: number
}

export interface BackendRef {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name: string
  readonly port?: number
  readonly weight?: number
}

/** What the CRDs of routes refuse beyond the schema. Source: gateway-api apis/v1/shared_types.go, standard channel. */
export function validateRoute({parentRefs = [], rules}: RouteSpec): readonly FieldError[] {
  return [
    ...validateParents(parentRefs),
    ...rules.flatMap(({backendRefs}, rule) =>
      backendRefs.flatMap(({group, kind, port}, index) => {
        const isPortless = group === '' && kind === 'Service' && port === undefined
        return isPortless ? [ruleBroken(`spec.rules[${rule}].backendRefs[${index}]`, 'Must have port for Service reference')] : []
      }),
    ),
  ]
}

/** Each parent is referred to as a whole once, or section by section. */
function validateParents(parents: readonly ParentRef[]): readonly FieldError[] {
  const siblings = parents.map((parent) => parents.filter((other) => isSameParent(parent, other)))
  const isMixed = siblings.some((group) => group.some(hasSection) && !group.every(hasSection))
  const isRepeated = siblings.some((group) => new Set(group.map(({sectionName = ''}) => sectionName)).size < group.length)
  const text = (word: string) => `sectionName must be ${word} when parentRefs includes 2 or more references to the same parent`
  return [
    ...(isMixed ? [ruleBroken('spec.parentRefs', text('specified'))] : []),
    ...(isRepeated ? [ruleBroken('spec.parentRefs', text('unique'))] : []),
  ]
}

function isSameParent(a: ParentRef, b: ParentRef): boolean {
  return a.group === b.group && a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '')
}

function hasSection({sectionName = ''}: ParentRef): boolean {
  return sectionName !== ''
}
