import {verdictSentence} from '../report/sentences.js'
import {checksOf, type Check} from './checks.js'
import type {ReportContext} from './report-context.js'

const COMMANDS: Readonly<Record<Check['state'], 'error' | 'warning' | undefined>> = {
  fail: 'error',
  // it ends the step with an exit code of its own: not a mere warning
  inconclusive: 'error',
  warning: 'warning',
  pass: undefined,
  open: undefined,
}

/** Workflow commands that annotate a pull request at the weights in the YAML: an error per failed check, or a notice with the verdict. */
export function githubFormat(context: ReportContext): string {
  const annotations = checksOf(context.report).flatMap((check) => {
    const command = COMMANDS[check.state]
    return command === undefined ? [] : [workflowCommand(command, {title: `tshift ${check.kind}`, message: check.message}, context)]
  })
  const hasError = annotations.some((line) => line.startsWith('::error'))
  const notice = hasError ? [] : [workflowCommand('notice', {title: 'tshift', message: verdictSentence(context.report)}, context)]
  return [...annotations, ...notice].join('\n') + '\n'
}

function workflowCommand(command: string, {title, message}: {readonly title: string; readonly message: string}, {source}: ReportContext): string {
  const place = source === undefined ? '' : `file=${property(source.file)},line=${source.line},`
  return `::${command} ${place}title=${property(title)}::${data(message)}`
}

/** As @actions/core escapes: what would end the command or one of its properties. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
