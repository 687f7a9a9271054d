import {csvFormat} from './csv-format.js'
import {githubFormat} from './github-format.js'
import {htmlFormat} from './html-format.js'
import {jsonFormat} from './json-format.js'
import {jsonlFormat} from './jsonl-format.js'
import {junitFormat} from './junit-format.js'
import {promFormat} from './prom-format.js'
import type {ReportContext} from './report-context.js'
import {sarifFormat} from './sarif-format.js'
import {tapFormat} from './tap-format.js'

export type ReportFormat = (context: ReportContext) => string

/** What `-o` and `--out` may name besides `text`, which is `renderReport`: it alone knows the terminal. Each ends in a line feed. */
export const reportFormats: ReadonlyMap<string, ReportFormat> = new Map<string, ReportFormat>([
  ['csv', csvFormat],
  ['github', githubFormat],
  ['html', htmlFormat],
  ['json', jsonFormat],
  ['jsonl', jsonlFormat],
  ['junit', junitFormat],
  ['prom', promFormat],
  ['sarif', sarifFormat],
  ['tap', tapFormat],
])
