import {Chalk} from 'chalk'
import type {WriteStream} from 'node:tty'
import {NO_COLORS, type ReportColors} from '../output/report/render-report.js'

/** Colours for a stream that is a terminal and a person who does not refuse them (`NO_COLOR`); none for every other. */
export function terminalColors(stream: Pick<WriteStream, 'isTTY'>, env: NodeJS.ProcessEnv = process.env): ReportColors {
  if (!stream.isTTY || (env['NO_COLOR'] ?? '') !== '') return NO_COLORS
  const chalk = new Chalk()
  return {good: chalk.green, bad: chalk.red, warn: chalk.yellow, dim: chalk.dim}
}
