import type {Admission} from '../../resource-type.js'

/** What one of istiod's checks says; checks are put together by `merge`. Source: istio `pkg/config/validation/agent` Validation. */
export type Verdict = Admission

export const FINE: Verdict = {errors: [], warnings: []}

export const refuse = (...errors: readonly string[]): Verdict => ({errors, warnings: []})
export const warn = (...warnings: readonly string[]): Verdict => ({errors: [], warnings})

export function merge(...parts: readonly Verdict[]): Verdict {
  return {errors: parts.flatMap(({errors}) => errors), warnings: parts.flatMap(({warnings}) => warnings)}
}

/** Where istiod collects errors alone, warnings are lost. */
export const errorsOf = ({errors}: Verdict): Verdict => refuse(...errors)
