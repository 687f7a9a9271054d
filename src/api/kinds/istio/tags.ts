import {refuseAsList, type Verdict} from './verdict.js'

type Labels = Readonly<Record<string, string>>

const DNS = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
const NAME = '(?:[A-Za-z0-9][-A-Za-z0-9_./]*)?[A-Za-z0-9]'
const KEY = new RegExp(`^(${DNS}(?:\\.${DNS})*/)?(${NAME})$`)
const VALUE = new RegExp(`^(?:${NAME})?$`)

/** Labels of subsets and match conditions. Values have no limit of length. Source: istio `pkg/config/labels` Instance.Validate. */
export function checkTags(labels: Labels = {}): Verdict {
  const errors = Object.entries(labels).flatMap(([key, value]) => [
    ...checkKey(key),
    ...(VALUE.test(value) ? [] : [`invalid tag value: ${JSON.stringify(value)}`]),
  ])
  return refuseAsList(...errors)
}

function checkKey(key: string): readonly string[] {
  const match = KEY.exec(key)
  const text = `invalid tag key: ${JSON.stringify(key)}`
  if (match === null) return [text]
  const [, prefix = '', name = ''] = match
  if (prefix.length - 1 > 253) return [`${text} (DNS prefix is too long)`]
  return name.length > 63 ? [`${text} (name is too long)`] : []
}

/** Selectors of workloads: no empty keys, no wildcards; one without labels selects everything, which is seldom meant. */
export function checkSelector(labels: Labels | undefined): Verdict {
  const entries = Object.entries(labels ?? {})
  const errors = entries.flatMap(([key, value]) => {
    const pair = JSON.stringify(`${key}=${value}`)
    return [
      ...(key === '' ? [`empty key is not supported in selector: ${pair}`] : []),
      ...(key.includes('*') || value.includes('*') ? [`wildcard is not supported in selector: ${pair}`] : []),
    ]
  })
  return {errors, warnings: entries.length === 0 ? ['workload selector specified without labels'] : []}
}
