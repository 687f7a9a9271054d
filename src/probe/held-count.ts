import type {CutBy, HeldEvent} from './held-event.js'

export interface HeldSummary {
  readonly opened: number
  readonly failed: number
  readonly kept: number
  readonly cut: Readonly<Record<CutBy, number>>
  /** When the first and the last connection were cut, ms since holding began. */
  readonly firstCutMs?: number
  readonly lastCutMs?: number
}

export interface HeldCount {
  add(event: HeldEvent): void
  summary(): HeldSummary
}

/** Counts held connections by what became of them. Those that are neither failed, cut nor kept were still open when it was asked. */
export function createHeldCount(): HeldCount {
  const counts = {opened: 0, failed: 0, kept: 0}
  const cut = {FIN: 0, RST: 0, error: 0}
  const cutsMs: {first?: number; last?: number} = {}

  return {
    add(event) {
      if (event.type !== 'cut') {
        counts[event.type] += 1
        return
      }
      cut[event.by] += 1
      cutsMs.first ??= event.atMs
      cutsMs.last = event.atMs
    },
    summary: () => ({
      ...counts,
      cut: {...cut},
      ...(cutsMs.first === undefined ? {} : {firstCutMs: cutsMs.first}),
      ...(cutsMs.last === undefined ? {} : {lastCutMs: cutsMs.last}),
    }),
  }
}
