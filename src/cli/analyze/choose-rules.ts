import type {Rule} from '../../analyze/rule.js'
import {rules} from '../../analyze/rules.js'

/** The rules with these names; all where none is named or, as in istioctl, none of the names is right. `say` is told of wrong ones. */
export function chooseRules(names: readonly string[], say: (line: string) => void): readonly Rule[] {
  for (const name of names) {
    if (!rules.some((rule) => rule.name === name)) say(`Warning: there is no analyzer '${name}'; -L lists them.`)
  }
  const chosen = rules.filter(({name}) => names.includes(name))
  return chosen.length === 0 ? rules : chosen
}

/** `-L`: names in order, each with what it is for. */
export function listRules(): string {
  const byName = [...rules].sort((a, b) => (a.name < b.name ? -1 : 1))
  return byName.map(({name, description}) => `* ${name}:\n    ${description}\n`).join('')
}
