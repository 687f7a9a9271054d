import ora from 'ora'
import type {Observation} from '../../probe/observation.js'
import type {ProbeMode} from '../verbs/probe.js'

export interface Progress {
  update(observation: Pick<Observation, 'error'>): void
  /** Clears the line. */
  end(): void
}

const silent: Progress = {update: () => undefined, end: () => undefined}
const EVERY_MS = 50

/** A line that counts along, on a terminal only. */
export function probeProgress(mode: ProbeMode, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return silent
  const goal = goalOf(mode)
  const spinner = ora({stream, text: `0 ${goal}`, discardStdin: false}).start()
  let [done, errors, shownMs] = [0, 0, 0]
  return {
    update({error}) {
      done++
      if (error !== undefined) errors++
      const now = performance.now()
      if (now - shownMs < EVERY_MS) return
      shownMs = now
      spinner.text = `${done} ${goal}${errors === 0 ? '' : `, ${errors} failed`}`
    },
    end: () => void spinner.stop(),
  }
}

function goalOf(mode: ProbeMode): string {
  switch (mode.type) {
    case 'count':
      return mode.durationMs === undefined ? `of ${mode.count} connections` : `connections, ${mode.durationMs / 1000} s in all`
    case 'until-sure':
      return `connections until sure, ${mode.max} at most`
    case 'hold':
      return `of ${mode.count} connections, then held for ${mode.holdMs / 1000} s`
  }
}
