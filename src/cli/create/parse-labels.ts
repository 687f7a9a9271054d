import {UserError} from '../../base/user-error.js'

/** `a=b,c=d`. Throws kubectl's UserError. Source: kubectl `generate.ParseLabels`. */
export function parseLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {}
  for (const pair of text.split(',')) {
    const [key = '', value, ...rest] = pair.split('=')
    if (value === undefined || rest.length > 0) throw new UserError(`unexpected label spec: ${pair}`)
    if (key === '') throw new UserError(`unexpected empty label key`)
    labels[key] = value
  }
  return labels
}
