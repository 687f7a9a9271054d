import ora from 'ora'

export interface Progress {
  update(done: number, errors: number): void
  /** Clears the line. */
  end(): void
}

const silent: Progress = {update: () => undefined, end: () => undefined}
const EVERY_MS = 50

/** A line that counts along, on a terminal only. */
export function probeProgress(total: number, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return silent
  const spinner = ora({stream, text: `0 of ${total} connections`, discardStdin: false}).start()
  let shownMs = 0
  return {
    update(done, errors) {
      const now = performance.now()
      if (now - shownMs < EVERY_MS) return
      shownMs = now
      spinner.text = `${done} of ${total} connections${errors === 0 ? '' : `, ${errors} failed`}`
    },
    end: () => void spinner.stop(),
  }
}
