import {UserError} from '../base/user-error.js'
import {customColumnsPrinter} from './custom-columns-printer.js'
import {formatJson} from './json.js'
import {parseJsonPath, parseJsonPathAsJson} from './jsonpath.js'
import {namePrinter} from './name-printer.js'
import {objectPrinter, type ObjectPrinterOptions} from './object-printer.js'
import type {Printer} from './printer.js'
import {tablePrinter, type TablePrinterOptions} from './table-printer.js'
import {formatYaml} from './yaml.js'

export type PrinterOptions = TablePrinterOptions & Pick<ObjectPrinterOptions, 'isSingle'>

type Constructor = (options: PrinterOptions, argument: string) => Printer

/** In the order kubectl lists them. */
const PRINTERS: ReadonlyMap<string, Constructor> = new Map<string, Constructor>([
  ['custom-columns', (options, columns) => customColumnsPrinter(columns, options)],
  ['json', (options) => objectPrinter(formatJson, options)],
  ['jsonpath', (options, template) => objectPrinter(parseJsonPath(nonEmpty(template)), options)],
  ['jsonpath-as-json', (options, template) => objectPrinter(parseJsonPathAsJson(nonEmpty(template)), options)],
  ['name', () => namePrinter()],
  ['wide', (options) => tablePrinter({...options, isWide: true})],
  ['yaml', (options) => objectPrinter(formatYaml, {...options, separator: '---\n'})],
])

const TAKES_ARGUMENT = /^(custom-columns|jsonpath|jsonpath-as-json)$/i

/**
 * The printer for an `-o` value; without one, tables. A UserError in kubectl's words for a format there is not and for a
 * template that cannot be read.
 */
export function printerFor(output: string | undefined, options: PrinterOptions): Printer {
  if (output === undefined || output === '') return tablePrinter(options)
  const [format, argument] = splitAtEquals(output)
  const construct = PRINTERS.get(format.toLowerCase())
  if (construct === undefined || (argument !== undefined && !TAKES_ARGUMENT.test(format))) throw unknownFormat(output)
  return construct(options, argument ?? '')
}

function splitAtEquals(output: string): readonly [string, string?] {
  const at = output.indexOf('=')
  return at === -1 ? [output] : [output.slice(0, at), output.slice(at + 1)]
}

function unknownFormat(output: string): UserError {
  const allowed = [...PRINTERS.keys()].join(',')
  return new UserError(`unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed}`)
}

function nonEmpty(template: string): string {
  if (template === '') throw new UserError('template format specified but no template given')
  return template
}
