import type {LogFile} from '../logs/log-file.js'
import type {Runtime} from './runtime.js'

/** The runtime, keeping apart in `file` what each run of its container writes. */
export function loggedRuntime(runtime: Runtime, file: LogFile): Runtime {
  return {
    ...runtime,
    async start(container, ...rest) {
      file.beginRun()
      const running = await runtime.start(container, ...rest)
      void running.exited.then(() => file.endRun())
      return running
    },
  }
}
