import {friendlyName} from '../../analyze/analyzed-object.js'
import type {Finding, Level} from '../../analyze/finding.js'

const COMMANDS: Readonly<Record<Level, string>> = {Error: 'error', Warning: 'warning', Info: 'notice'}

/** Workflow commands that annotate a pull request at the lines the findings are about. */
export function githubFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${commandOf(finding)}\n`).join('')
}

function commandOf({code, level, message, subject, line}: Finding): string {
  const place = subject?.source === undefined ? '' : `file=${property(subject.source.file)},line=${line ?? subject.source.line},`
  const origin = subject === undefined ? '' : ` ${friendlyName(subject)}`
  return `::${COMMANDS[level]} ${place}title=${property(code + origin)}::${data(message)}`
}

/** As @actions/core escapes: what would end the command or one of its properties. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
