import {groupKindOf} from '../../analyze/inventory.js'
import type {Rule} from '../../analyze/rule.js'
import {formatMultiError} from '../../api/multi-error.js'
import {ANALYSIS_URL} from '../../output/findings/finding-json.js'
import type {ReadObjects} from './read-objects.js'

/** What istioctl says around the findings; all of it goes to stderr. */

/** `namespace: default` or `all namespaces`. */
function targetText(namespace: string | undefined): string {
  return namespace === undefined ? 'all namespaces' : `namespace: ${namespace}`
}

/** Said where nothing was found; names the files, or else what was looked at. */
export function successText(filenames: readonly string[], namespace: string | undefined): string {
  const [only, ...more] = filenames
  if (only === undefined) return `✔ No validation issues found when analyzing ${targetText(namespace)}.`
  if (more.length === 0) return `✔ No validation issues found when analyzing ${only}.`
  return `✔ No validation issues found when analyzing:\n${filenames.map((name) => `  - ${name}`).join('\n')}`
}

/** Said where nothing was found in what could be read, and something could not. */
export function unparsedText(files: number, namespace: string | undefined): string {
  return `No validation issues found when analyzing ${targetText(namespace)} (but ${files} ${files === 1 ? 'file' : 'files'} could not be parsed).`
}

/** A single error is set out like several here. */
export function parseErrorsText({problems}: ReadObjects): string {
  const [only, ...more] = problems.map(({message}) => message)
  return `Error(s) adding files: ${more.length === 0 ? `1 error occurred:\n\t* ${only}\n\n` : formatMultiError(problems.map(({message}) => message))}`.trimEnd()
}

/** Said at the end where something was found: the error of the command. */
export function issuesText(namespace: string | undefined): string {
  return `Error: Analyzers found issues when analyzing ${targetText(namespace)}.\nSee ${ANALYSIS_URL} for more information about causes and resolutions.`
}

const CORE = ['Service', 'Namespace', 'Node', 'Pod', 'Secret']

/** Where this analysis sees more than istioctl's of the same files; nothing where both see the same. */
export function differenceNote({subjects}: ReadObjects, rules: readonly Rule[], usesStore: boolean): string | undefined {
  const kinds = CORE.filter((kind) => subjects.some(({object}) => groupKindOf(object) === kind))
  const skipped = usesStore ? 0 : rules.filter(({readsCoreKinds}) => readsCoreKinds === true).length
  const parts = [
    ...(kinds.length === 0 ? [] : [`ignores ${kinds.join(', ')} objects in files`]),
    ...(skipped === 0 ? [] : [`skips ${skipped} analyzers that need more than Istio's own objects`]),
  ]
  return parts.length === 0 ? undefined : `note: istioctl ${parts.join(' and ')}; tshift analyzes with all of them`
}

/** With `--verbose`: what was looked at, and by which analyzers. */
export function verboseText(rules: readonly Rule[], {unknown}: ReadObjects, namespace: string | undefined): string {
  const ignored = unknown === 0 ? [] : [`Ignored ${unknown} ${unknown === 1 ? 'document' : 'documents'} of unknown kinds`]
  return [`Analyzed resources in ${targetText(namespace)}`, ...ignored, 'Executed analyzers:', ...rules.map(({name}) => `\t ${name}`), ''].join('\n')
}
