import {isJsonObject, type Json} from '../../object.js'

/** A step down into a value: a field, all items, or those items whose field has a value. */
type Step = {readonly field: string} | {readonly index: number} | {readonly all: true} | {readonly where: string; readonly is: string}

const STEP = new RegExp(
  [
    String.raw`\.(?<field>(?:\\.|[^.[\\])+)`,
    String.raw`\['(?<quoted>[^']+)'\]`,
    String.raw`\[(?<index>\d+)\]`,
    String.raw`\[(?<all>\*)\]`,
    String.raw`\[\?\(@\.(?<where>[^=\s]+)\s*==\s*["'](?<is>[^"']*)["']\)\]`,
  ].join('|'),
  'gy',
)

/**
 * The values a printer column's path leads to: `.spec.hosts`, `.status.addresses[*].value`,
 * `.status.conditions[?(@.type=="Ready")].status`, `.metadata.annotations.a\.b/c`. Empty where there are none, or where the path is of
 * another form.
 */
export function valuesAt(value: Json, path: string): readonly Json[] {
  const steps = parsePath(path)
  return steps === undefined ? [] : steps.reduce<readonly Json[]>((values, step) => values.flatMap((one) => follow(one, step)), [value])
}

function parsePath(path: string): readonly Step[] | undefined {
  const steps = [...path.matchAll(STEP)]
  if (steps.reduce((length, [text]) => length + text.length, 0) < path.length) return undefined
  return steps.map(({groups}) => toStep(groups ?? {}))
}

function toStep({field, quoted, index, where, is}: Readonly<Record<string, string | undefined>>): Step {
  if (where !== undefined) return {where, is: is ?? ''}
  if (index !== undefined) return {index: Number(index)}
  const name = quoted ?? field?.replace(/\\(.)/g, '$1')
  return name === undefined ? {all: true} : {field: name}
}

function follow(value: Json, step: Step): readonly Json[] {
  if ('field' in step) return isJsonObject(value) ? present(value[step.field]) : []
  const items = Array.isArray(value) ? (value as readonly Json[]) : isJsonObject(value) ? Object.values(value).flatMap(present) : []
  if ('index' in step) return present(items[step.index])
  if ('all' in step) return items
  return items.filter((item) => isJsonObject(item) && item[step.where] === step.is)
}

function present(value: Json | undefined): readonly Json[] {
  return value === undefined || value === null ? [] : [value]
}
