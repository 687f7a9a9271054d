import type {Admission} from '../../resource-type.js'

/** What one of istiod's checks says; checks are put together by `merge`. Source: istio `pkg/config/validation/agent` Validation. */
export type Verdict = Admission

export const FINE: Verdict = {errors: [], warnings: []}

export const refuse = (...errors: readonly string[]): Verdict => ({errors, warnings: []})
export const warn = (...warnings: readonly string[]): Verdict => ({errors: [], warnings})

/** Errors that istiod collects in a list of their own: even a single one is printed as a list. */
export const refuseAsList = (...errors: readonly string[]): Verdict => (errors.length === 0 ? FINE : {errors, warnings: [], isList: true})

/** All errors and warnings of several checks, in their order. */
export function merge(...parts: readonly Verdict[]): Verdict {
  const isList = parts.some((part) => part.isList === true)
  return {errors: parts.flatMap(({errors}) => errors), warnings: parts.flatMap(({warnings}) => warnings), ...(isList ? {isList} : {})}
}

/** Where istiod collects errors alone, warnings are lost. */
export const errorsOf = (verdict: Verdict): Verdict => ({...verdict, warnings: []})
