import type {Json} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {formatGoValue} from './go-print.js'
import {evaluate} from './jsonpath/evaluate.js'
import type {Template} from './jsonpath/node.js'
import {parseTemplate} from './jsonpath/parse-template.js'
import type {Printer} from './printer.js'
import {escapeTerminal} from './table.js'
import {alignRows, TABLE_LAYOUT} from './tabwriter.js'

interface CustomColumn {
  readonly header: string
  readonly template: Template
}

/**
 * `-o custom-columns=NAME:.metadata.name,IMAGES:.spec.containers[*].image`: one table for objects of every type; several values are
 * joined by commas, a missing one is `<none>`. A UserError in kubectl's words when the columns cannot be read.
 * Source: kubectl `get/customcolumn.go`.
 */
export function customColumnsPrinter(spec: string, {hidesHeaders = false}: {readonly hidesHeaders?: boolean}): Printer {
  const columns = parseColumns(spec)
  const widths: number[] = []
  let hasHeader = hidesHeaders
  const printAll = (objects: readonly unknown[]) => {
    const header = hasHeader ? [] : [columns.map((column) => column.header)]
    hasHeader = true
    return alignRows([...header, ...objects.map((object) => columns.map((column) => formatCell(column, object)))], TABLE_LAYOUT, widths)
  }
  return {
    print: (sections) => printAll(sections.flatMap(({objects}) => objects)),
    printEach: ({objects}, event) => printAll(event === undefined ? objects : objects.map((object) => ({type: event, object}))),
  }
}

/** The spec that a file of two lines means: headers, and below them a path for each. Source: kubectl `NewCustomColumnsPrinterFromTemplate`. */
export function readColumns(text: string): string {
  const format = 'Expected format is one line of space separated headers, one line of space separated column specs.'
  const [headers = [], paths = []] = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''))
  if (text === '') throw new UserError(`invalid template, missing header line. ${format}`)
  if (!text.includes('\n') || text.trimEnd() === text.split('\n', 1)[0]) throw new UserError(`invalid template, missing spec line. ${format}`)
  if (headers.length !== paths.length) throw new UserError(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`)
  return headers.map((header, at) => `${header}:${paths[at] ?? ''}`).join(',')
}

function parseColumns(spec: string): readonly CustomColumn[] {
  if (spec === '') throw new UserError('custom-columns format specified but no custom columns given')
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon === -1) throw new UserError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return {header: part.slice(0, colon), template: parseRelaxedPath(part.slice(colon + 1))}
  })
}

function parseRelaxedPath(path: string): Template {
  return inKubectlsWords(() => {
    const text = relaxedPath(path)
    return text === '' ? [] : parseTemplate(text)
  })
}

/** `x.y`, `.x.y`, `{x.y}` and `{.x.y}` are the same path. Throws an Error in kubectl's words. Source: kubectl `RelaxedJSONPathExpression`. */
export function relaxedPath(path: string): string {
  if (path === '') return ''
  const [, braced, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path) ?? []
  const field = braced ?? bare
  if (field === undefined) throw new Error("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'")
  return `{.${field}}`
}

function formatCell({template}: CustomColumn, object: unknown): string {
  const values = inKubectlsWords(() => evaluate(template, object as Json)).flat()
  return values.length === 0 ? '<none>' : values.map((value) => escapeTerminal(formatGoValue(value))).join(',')
}

/** What is wrong with a path, or with a path on an object, is the user's to mend. */
function inKubectlsWords<T>(act: () => T): T {
  try {
    return act()
  } catch (cause) {
    throw new UserError(cause instanceof Error ? cause.message : String(cause), {cause})
  }
}
