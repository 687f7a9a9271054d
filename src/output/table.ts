import type {KubeObject} from '../api/object.js'
import type {Column} from '../api/resource-type.js'
import {sortedKeys} from './byte-order.js'
import type {WatchEventType} from './printer.js'
import {formatReference} from './reference.js'
import type {PrintedType, Section} from './section.js'

/** What of an object a table shows, besides its type's own columns. */
export interface TableOptions {
  readonly isWide?: boolean
  /** Names as `service/tcp-echo`. */
  readonly showsKind?: boolean
  readonly showsNamespace?: boolean
  readonly showsLabels?: boolean
  /** Labels with a column of their own. */
  readonly labelColumns?: readonly string[]
  /** What happened to the objects, in a column of its own. */
  readonly event?: WatchEventType
}

/** The titles of a type's columns, in capitals. */
export function tableHeader(type: PrintedType, options: TableOptions): readonly string[] {
  return columnsOf(type, options).map(({name}) => name.toUpperCase())
}

/** A row of cells per object; `nowMs` (Unix epoch) is there for ages. Source: cli-runtime `printers/tableprinter.go`. */
export function tableRows({type, objects}: Section, options: TableOptions, nowMs: number): readonly (readonly string[])[] {
  const columns = columnsOf(type, options)
  return objects.map((object) => columns.map((column) => oneLine(column.cell(object, nowMs))))
}

function columnsOf(type: PrintedType, options: TableOptions): readonly Column[] {
  const namespace: Column = {name: 'Namespace', cell: ({metadata}) => metadata.namespace ?? ''}
  const labels: Column = {name: 'Labels', cell: formatLabels}
  return [
    ...(options.event === undefined ? [] : [eventColumn(options.event)]),
    ...(options.showsNamespace === true && type.namespaced !== false ? [namespace] : []),
    ...ownColumns(type, options),
    ...(options.labelColumns ?? []).map(labelColumn),
    ...(options.showsLabels === true ? [labels] : []),
  ]
}

/** NAME first, unless the type places it among its own columns, as events do. */
function ownColumns(type: PrintedType, options: TableOptions): readonly Column[] {
  const name: Column = {
    name: 'Name',
    cell: ({metadata}) => (options.showsKind === true ? formatReference(type, metadata.name) : metadata.name),
  }
  const placesName = type.columns.some((column) => column.name.toUpperCase() === 'NAME')
  const columns = type.columns.filter((column) => options.isWide === true || column.wide !== true)
  return placesName ? columns : [name, ...columns]
}

/** Padded for the longest event, as rows are printed one by one. */
function eventColumn(event: WatchEventType): Column {
  return {name: 'Event', cell: () => event.padEnd(10)}
}

/** Headed by the last part of the label's key. */
function labelColumn(key: string): Column {
  return {name: key.slice(key.lastIndexOf('/') + 1), cell: ({metadata}) => metadata.labels?.[key] ?? ''}
}

function formatLabels({metadata: {labels = {}}}: KubeObject): string {
  const pairs = sortedKeys(labels).map((key) => `${key}=${labels[key]}`)
  return pairs.length === 0 ? '<none>' : pairs.join(',')
}

/** A cell is one line and cannot drive the terminal. */
function oneLine(text: string): string {
  const end = text.search(/[\f\n\r]/)
  return escapeTerminal(end === -1 ? text : `${text.slice(0, end)}...`)
}

/** Source: cli-runtime `printers/terminal.go`. */
export function escapeTerminal(text: string): string {
  return text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r')
}
