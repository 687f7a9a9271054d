import {Chalk, type ColorSupportLevel} from 'chalk'
import type {WriteStream} from 'node:tty'
import {NO_COLORS, type ReportColors} from '../output/report/render-report.js'

/** What `getColorDepth` says in bits, as chalk counts it. */
const LEVELS: Readonly<Record<number, ColorSupportLevel>> = {4: 1, 8: 2, 24: 3}

/** Colours for a stream that is a terminal, as many as it shows, and a person who does not refuse them (`NO_COLOR`); none for every other. */
export function terminalColors(stream: Pick<WriteStream, 'isTTY' | 'getColorDepth'>, env: NodeJS.ProcessEnv = process.env): ReportColors {
  if (!stream.isTTY || (env['NO_COLOR'] ?? '') !== '') return NO_COLORS
  const chalk = new Chalk({level: LEVELS[stream.getColorDepth(env)] ?? 0})
  // of one argument each: chalk would print all that `map` passes
  return {good: (text) => chalk.green(text), bad: (text) => chalk.red(text), warn: (text) => chalk.yellow(text), dim: (text) => chalk.dim(text)}
}
