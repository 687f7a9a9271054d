import {friendlyName, scopeOf} from './analyzed-object.js'
import {LEVELS, type Finding, type Level} from './finding.js'
import {isMatch} from './glob.js'

export interface Suppression {
  readonly code: string
  /** A glob over friendly names: `Pod testing/*`. */
  readonly objects: string
}

export interface Selection {
  /** Undefined for all. */
  readonly namespace: string | undefined
  readonly suppressions: readonly Suppression[]
}

const SUPPRESS = 'galley.istio.io/analyze-suppress'

/** What the user wants to hear of: one namespace and what is in none, without what a flag or the object itself suppresses (istio filterMessages). */
export function selectFindings(findings: readonly Finding[], {namespace, suppressions}: Selection): readonly Finding[] {
  return findings.filter((finding) => isInScope(finding, namespace) && !isSuppressed(finding, suppressions))
}

/** Those at least as bad as `level`. */
export function atLeast(findings: readonly Finding[], level: Level): readonly Finding[] {
  return findings.filter((finding) => LEVELS.indexOf(finding.level) <= LEVELS.indexOf(level))
}

function isInScope({subject}: Finding, namespace: string | undefined): boolean {
  const scope = subject === undefined ? '' : scopeOf(subject)
  return namespace === undefined || scope === '' || scope === namespace
}

function isSuppressed({subject, code}: Finding, suppressions: readonly Suppression[]): boolean {
  if (subject === undefined) return false
  const own = subject.object.metadata.annotations?.[SUPPRESS]?.split(',') ?? []
  return own.includes('*') || own.includes(code) || suppressions.some((one) => one.code === code && isMatch(one.objects, friendlyName(subject)))
}
