import {friendlyName} from '../../analyze/analyzed-object.js'
import type {Finding, Level} from '../../analyze/finding.js'
import {messages, type Code} from '../../analyze/messages.js'
import {formatJson} from '../json.js'
import {pageOf} from './finding-json.js'

const LEVELS: Readonly<Record<Level, string>> = {Error: 'error', Warning: 'warning', Info: 'note'}

/** SARIF 2.1.0 for code scanning: a result per finding, at its line where it is from a file. */
export function sarifFindings(findings: readonly Finding[], exitCode: number): string {
  const codes = [...new Set(findings.map(({code}) => code))]
  return formatJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: 'tshift', rules: codes.map(ruleOf)}},
        invocations: [{executionSuccessful: true, exitCode}],
        results: findings.map((finding) => resultOf(finding, codes)),
      },
    ],
  })
}

function ruleOf(code: Code): object {
  const page = pageOf(code)
  return {id: code, name: messages[code].name, ...(page === undefined ? {} : {helpUri: page})}
}

function resultOf({code, level, message, subject, line}: Finding, codes: readonly Code[]): object {
  const origin = subject === undefined ? '' : friendlyName(subject)
  const source = subject?.source
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[level],
    message: {text: origin === '' ? message : `${origin}: ${message}`},
    partialFingerprints: {finding: `${code} ${origin} ${message}`},
    locations: source === undefined ? [] : [{physicalLocation: {artifactLocation: {uri: uriOf(source.file)}, region: {startLine: line ?? source.line}}}],
  }
}

/** A path as a relative URI reference; absolute paths get the file scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path.replace(/^\.\//, '')
}
