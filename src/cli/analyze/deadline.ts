import {addAbortSignal, type Readable} from 'node:stream'
import {UserError} from '../../base/user-error.js'

/** A point in time after which nothing goes on. */
export interface Deadline {
  /** Throws a UserError when it has passed. */
  check(): void
  /** Waits for work that reads from `stream`, which is cut off at the deadline. */
  read<T>(stream: Readable, work: () => Promise<T>): Promise<T>
}

/** The time that `ms` milliseconds from now allow. Its refusals are UserErrors that name `--timeout`. */
export function deadlineIn(ms: number): Deadline {
  const start = performance.now()
  const tooLate = () => new UserError(`analysis took longer than ${ms / 1000}s`, {hint: 'give it more with --timeout'})
  return {
    check() {
      if (performance.now() - start > ms) throw tooLate()
    },
    async read(stream, work) {
      const signal = AbortSignal.timeout(ms)
      addAbortSignal(signal, stream)
      try {
        return await work()
      } catch (error) {
        throw signal.aborted ? tooLate() : error
      }
    },
  }
}
