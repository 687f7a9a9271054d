import {UserError} from '../base/user-error.js'
import {customColumnsPrinter, readColumns} from './custom-columns-printer.js'
import {parseGoTemplate} from './go-template.js'
import {formatJson} from './json.js'
import {parseJsonPath, parseJsonPathAsJson} from './jsonpath.js'
import {formatKyaml} from './kyaml.js'
import {namePrinter} from './name-printer.js'
import {objectPrinter, type ObjectPrinterOptions} from './object-printer.js'
import type {Printer} from './printer.js'
import {tablePrinter, type TablePrinterOptions} from './table-printer.js'
import {formatYaml} from './yaml.js'

export interface PrinterOptions extends TablePrinterOptions, Pick<ObjectPrinterOptions, 'isSingle' | 'listKind'> {
  /** `--template`: stands for the template of `-o`, and for `-o go-template` itself. */
  readonly template?: string | undefined
  /** False: a key a template does not find is an error. */
  readonly allowsMissingKeys?: boolean
  readonly showsManagedFields?: boolean
  /** Tables are for `get`; verbs that print what they did have only the machine formats. */
  readonly isMachineOnly?: boolean
  /** For the formats whose template is in a file; throws Node's error. */
  readFile?(path: string): string
}

type Constructor = (options: PrinterOptions, argument: string) => Printer

const fromGoTemplate: Constructor = (options, argument) =>
  objectPrinter(parseGoTemplate(templateOf(argument, options), {allowsMissingKeys: options.allowsMissingKeys !== false}), options)
const fromGoTemplateFile: Constructor = (options, path) => fromGoTemplate(options, fileOf(templateOf(path, options), options))
const fromJsonPath: Constructor = (options, argument) =>
  objectPrinter(parseJsonPath(templateOf(argument, options), {allowsMissingKeys: options.allowsMissingKeys !== false}), options)

/** In the order kubectl lists them. */
const PRINTERS: ReadonlyMap<string, Constructor> = new Map<string, Constructor>([
  ['custom-columns', (options, columns) => customColumnsPrinter(columns, options)],
  ['custom-columns-file', (options, path) => customColumnsPrinter(readColumns(fileOf(columnsFile(path), options, 'template')), options)],
  ['go-template', fromGoTemplate],
  ['go-template-file', fromGoTemplateFile],
  ['json', (options) => objectPrinter(formatJson, omitting(options))],
  ['jsonpath', fromJsonPath],
  ['jsonpath-as-json', (options, template) => objectPrinter(parseJsonPathAsJson(templateOf(template, options)), options)],
  ['jsonpath-file', (options, path) => fromJsonPath(options, fileOf(templateOf(path, options), options))],
  ['kyaml', (options) => objectPrinter(formatKyaml, omitting(options))],
  ['name', () => namePrinter()],
  ['template', fromGoTemplate],
  ['templatefile', fromGoTemplateFile],
  ['wide', (options) => tablePrinter({...options, isWide: true})],
  ['yaml', (options) => objectPrinter(formatYaml, {...omitting(options), separator: '---\n'})],
])

const TAKES_NO_ARGUMENT = new Set(['json', 'kyaml', 'name', 'wide', 'yaml'])
const ANY_CASE = new Set(['json', 'kyaml', 'name', 'yaml'])
const TABLES = new Set(['custom-columns', 'custom-columns-file', 'wide'])

/**
 * The printer for an `-o` value; without one, tables. A UserError in kubectl's words for a format there is not and for a
 * template that cannot be read. Source: cli-runtime `genericclioptions/print_flags.go`, kubectl `get/get_flags.go`.
 */
export function printerFor(output: string | undefined, options: PrinterOptions): Printer {
  if (output === undefined || output === '') return (options.template ?? '') === '' ? tablePrinter(options) : fromGoTemplate(options, '')
  const [format, argument] = splitAtEquals(output)
  const name = ANY_CASE.has(format.toLowerCase()) ? format.toLowerCase() : format
  const construct = PRINTERS.get(name)
  const isKnown = !(argument !== undefined && TAKES_NO_ARGUMENT.has(name)) && !(options.isMachineOnly === true && TABLES.has(name))
  if (construct === undefined || !isKnown) throw unknownFormat(output, options)
  return construct(options, argument ?? '')
}

/** Whether an `-o` value and `--template` ask for one of kubectl's tables. */
export function isTable(output: string | undefined, template: string | undefined): boolean {
  return output === 'wide' || ((output ?? '') === '' && (template ?? '') === '')
}

function splitAtEquals(output: string): readonly [string, string?] {
  const at = output.indexOf('=')
  return at === -1 ? [output] : [output.slice(0, at), output.slice(at + 1)]
}

function unknownFormat(output: string, {isMachineOnly = false}: PrinterOptions): UserError {
  const allowed = [...PRINTERS.keys()].filter((name) => !isMachineOnly || !TABLES.has(name)).join(',')
  return new UserError(`unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed}`)
}

function omitting(options: PrinterOptions): ObjectPrinterOptions {
  return {isSingle: options.isSingle === true, listKind: options.listKind, omitsManagedFields: options.showsManagedFields !== true}
}

function templateOf(argument: string, {template = ''}: PrinterOptions): string {
  const text = argument === '' ? template : argument
  if (text === '') throw new UserError('template format specified but no template given')
  return text
}

function columnsFile(path: string): string {
  if (path === '') throw new UserError('custom-columns format specified but no custom columns given')
  return path
}

function fileOf(path: string, {readFile}: PrinterOptions, what = '--template'): string {
  if (readFile === undefined) throw new UserError(`a template in a file cannot be read here: ${path}`)
  try {
    return readFile(path)
  } catch (cause) {
    throw new UserError(`error reading ${what} ${path}, ${goReason(path, cause)}`, {cause})
  }
}

/** Go's words for what Node says of a file. */
function goReason(path: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return `open ${path}: no such file or directory`
  if (code === 'EISDIR') return `read ${path}: is a directory`
  if (code === 'EACCES') return `open ${path}: permission denied`
  return cause instanceof Error ? cause.message : String(cause)
}
