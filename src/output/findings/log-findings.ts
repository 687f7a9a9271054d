import type {Finding, Level} from '../../analyze/finding.js'
import {originOf} from '../../analyze/order.js'
import {oneLine} from '../formats/one-line.js'

const COLORS: Readonly<Record<Level, string>> = {Error: '\u001b[1;31m', Warning: '\u001b[33m', Info: ''}
const RESET = '\u001b[0m'

/** A line per finding as istioctl prints it: `Error [IST0101] (VirtualService default/tcp-echo vs.yaml:17) Referenced host not found: "tcp-echo"`. */
export function logFindings(findings: readonly Finding[], isColored: boolean): string {
  return findings.map((finding) => logFinding(finding, isColored)).join('\n')
}

function logFinding(finding: Finding, isColored: boolean): string {
  const {level, code, message} = finding
  const shown = isColored ? `${COLORS[level]}${level}${RESET}` : level
  const origin = originOf(finding)
  return `${shown} [${code}]${origin === '' ? '' : ` (${oneLine(origin)})`} ${oneLine(message)}`
}
