import {Flags} from '@oclif/core'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'
import {reportFormats} from '../../output/formats/report-formats.js'
import {repeatable} from './repeatable.js'

const FORMATS = ['text', ...reportFormats.keys()]

/** Where the report goes and in which formats; the same for probe and tally. */
export const reportFlags = {
  output: Flags.option({char: 'o', options: FORMATS, default: 'text', description: 'format of the report', helpGroup: 'REPORT'})(),
  out: Flags.string({
    description: 'file for the report: FILE or FORMAT=FILE (repeatable); without a format that of -o, or of the ending',
    helpValue: '[FORMAT=]FILE',
    ...repeatable,
    helpGroup: 'REPORT',
  }),
  source: Flags.string({
    description: 'manifest that holds the weights, for annotations that point at a line (github, sarif)',
    helpValue: 'FILE',
    helpGroup: 'REPORT',
  }),
}

/** A place the report is written to; without a file it is standard output. */
export interface ReportSink {
  readonly format: string
  readonly file?: string
}

const ENDINGS: Readonly<Record<string, string>> = {
  '.xml': 'junit',
  '.html': 'html',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.sarif': 'sarif',
  '.tap': 'tap',
  '.csv': 'csv',
  '.prom': 'prom',
  '.txt': 'text',
}

/**
 * What `-o` and `--out` ask for. A file without a format of its own takes that of `-o`, or its ending's; standard output gets what `-o` says
 * unless a file took it. Throws a UserError with exit code 2 for an unknown format.
 */
export function reportSinks({output, out = []}: {output: string; out?: readonly string[] | undefined}): readonly ReportSink[] {
  const files = out.map((text) => parseOut(text, output))
  const isTaken = output !== 'text' && files.some(({format}) => format === output)
  return isTaken ? files : [{format: output}, ...files]
}

function parseOut(text: string, output: string): ReportSink {
  const [, named, rest] = /^([a-z]+)=(.+)$/.exec(text) ?? []
  if (named !== undefined && rest !== undefined) {
    if (!FORMATS.includes(named)) throw new UserError(`unknown format "${named}" in --out ${text}`, {hint: `known: ${FORMATS.join(', ')}`, exitCode: 2})
    return {format: named, file: rest}
  }
  return {format: output === 'text' ? (ENDINGS[path.extname(text)] ?? 'text') : output, file: text}
}
