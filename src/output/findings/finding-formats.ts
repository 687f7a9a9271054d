import type {Finding} from '../../analyze/finding.js'
import {formatJson} from '../json.js'
import {formatYaml} from '../yaml.js'
import {toFindingJson} from './finding-json.js'
import {githubFindings} from './github-findings.js'
import {junitFindings} from './junit-findings.js'
import {logFindings} from './log-findings.js'
import {sarifFindings} from './sarif-findings.js'

export const FINDING_FORMATS = ['log', 'json', 'yaml', 'junit', 'sarif', 'github'] as const
export type FindingFormat = (typeof FINDING_FORMATS)[number]

export interface FindingContext {
  readonly isColored: boolean
  readonly exitCode: number
  isFailure(finding: Finding): boolean
}

/** Findings in the format asked for, as they go to stdout. The first three are istioctl's, down to the line feed at their end. */
export function formatFindings(findings: readonly Finding[], format: FindingFormat, {isColored, exitCode, isFailure}: FindingContext): string {
  switch (format) {
    case 'log':
      return `${logFindings(findings, isColored)}\n`
    case 'json':
      return withTabs(formatJson(findings.map(toFindingJson)))
    case 'yaml':
      return `${formatYaml(findings.map(toFindingJson))}\n`
    case 'junit':
      return junitFindings(findings, isFailure)
    case 'sarif':
      return sarifFindings(findings, exitCode)
    case 'github':
      return githubFindings(findings)
  }
}

/** istioctl indents with tabs where kubectl uses four spaces; text in JSON has no line feeds that could be taken for it. */
function withTabs(json: string): string {
  return json.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4))
}
