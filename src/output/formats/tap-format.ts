import {verdictSentence} from '../report/sentences.js'
import {checksOf, type Check} from './checks.js'
import {oneLine} from './one-line.js'
import type {ReportContext} from './report-context.js'

/** TAP version 14: a test point per subset, errors, order and threshold. INCONCLUSIVE is `not ok`; what says nothing is skipped. */
export function tapFormat({report, target}: ReportContext): string {
  const checks = checksOf(report)
  const comment = (text: string) => `# ${oneLine(text)}`
  return ['TAP version 14', comment(target), comment(verdictSentence(report)), `1..${checks.length}`, ...checks.flatMap(testPoint), ''].join('\n')
}

function testPoint({name, state, message, kind}: Check, index: number): readonly string[] {
  const isOk = state !== 'fail' && state !== 'inconclusive'
  const description = `${isOk ? 'ok' : 'not ok'} ${index + 1} - ${escaped(name)}`
  if (state === 'open') return [`${description} # SKIP ${escaped(message)}`]
  if (state === 'pass') return [description]
  // a JSON string is a YAML string too
  return [description, '  ---', `  message: ${JSON.stringify(message)}`, `  severity: ${state}`, `  kind: ${kind}`, '  ...']
}

function escaped(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&')
}
