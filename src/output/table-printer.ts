import type {Clock} from '../base/clock.js'
import type {Printer} from './printer.js'
import type {Section} from './section.js'
import {tableHeader, tableRows, type TableOptions} from './table.js'
import {alignRows, TABLE_LAYOUT} from './tabwriter.js'

export interface TablePrinterOptions extends TableOptions {
  readonly clock: Clock
  readonly hidesHeaders?: boolean
}

/** kubectl's tables: one per section, a blank line between, names with their kind when there are several. */
export function tablePrinter(options: TablePrinterOptions): Printer {
  const {clock, hidesHeaders = false} = options
  const header = (section: Section, table: TableOptions) => (hidesHeaders ? [] : [tableHeader(section.type, table)])
  const widths: number[] = []
  let hasHeader = false

  return {
    print(sections) {
      const table = {...options, showsKind: options.showsKind === true || sections.length > 1}
      const shown = sections.filter(({objects}) => objects.length > 0)
      const blocks = shown.map((section) => alignRows([...header(section, table), ...tableRows(section, table, clock.now())], TABLE_LAYOUT))
      return blocks.join(hidesHeaders ? '' : '\n')
    },
    printEach(section, event) {
      if (section.objects.length === 0) return ''
      const table = event === undefined ? options : {...options, event}
      const first = hasHeader ? [] : header(section, table)
      hasHeader = true
      return alignRows([...first, ...tableRows(section, table, clock.now())], TABLE_LAYOUT, widths)
    },
  }
}
