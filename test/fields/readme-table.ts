import type {Claim, FieldCase} from './fields.js'

const CLAIMS: readonly Claim[] = ['honoured', 'no effect', 'refused']

/** The README's table of fields: a row for each kind. */
export function readmeTable(cases: readonly FieldCase[]): string {
  const kinds = [...new Set(cases.map(kindOf))]
  const rows = kinds.map((kind) => {
    const cells = CLAIMS.map((claim) => namesOf(cases.filter((field) => kindOf(field) === kind && field.claim === claim)).join(' '))
    return `| ${[kind, ...cells].join(' | ')} |`
  })
  return ['| | honoured | kept, without effect | refused |', '|---|---|---|---|', ...rows].join('\n')
}

/** The Gateway API's Gateway stands in a row of its own. */
function kindOf({object}: FieldCase): string {
  const [kind = '', name] = object.split('/')
  return name === 'gtw' ? 'Gateway (Gateway API)' : kind
}

/** Fields of one place share it: `tls.{mode sni}`. */
function namesOf(cases: readonly FieldCase[]): readonly string[] {
  const byPlace = new Map<string, string[]>()
  for (const {field} of cases) {
    const [, place = '', name = ''] = /^(.*\.)?([^.]+)$/.exec(field) ?? []
    byPlace.set(place, [...(byPlace.get(place) ?? []), name])
  }
  return [...byPlace].flatMap(([place, names]) => (place === '' || names.length === 1 ? names.map((name) => `\`${place}${name}\``) : [`\`${place}{${names.join(', ')}}\``]))
}
