import {friendlyName} from './analyzed-object.js'
import {LEVELS, type Finding} from './finding.js'

/** Worst first, then by code, object (those about none first) and text; of findings that read the same one stays (istio diag Messages). */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const keyed = findings.map((finding) => ({finding, key: sortKey(finding), text: textOf(finding)}))
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.text, b.text))
  return keyed.filter(({text}, index) => text !== keyed[index - 1]?.text).map(({finding}) => finding)
}

/** `VirtualService default/tcp-echo vs.yaml:17`, as much of it as there is. */
export function originOf(finding: Finding): string {
  if (finding.subject === undefined) return ''
  const reference = referenceOf(finding)
  return reference === undefined ? friendlyName(finding.subject) : `${friendlyName(finding.subject)} ${reference}`
}

/** `vs.yaml:17`; nothing for what is not from a file. */
export function referenceOf({subject, line}: Finding): string | undefined {
  return subject?.source === undefined ? undefined : `${subject.source.file}:${line ?? subject.source.line}`
}

function sortKey({level, code, subject}: Finding): string {
  const {kind = '', metadata} = subject?.object ?? {}
  return [LEVELS.indexOf(level), code, kind, metadata?.name ?? '', metadata?.namespace ?? ''].join('/')
}

function textOf(finding: Finding): string {
  return `${finding.level} ${finding.code} ${originOf(finding)} ${finding.message}`
}

/** By code unit, as Go compares. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
