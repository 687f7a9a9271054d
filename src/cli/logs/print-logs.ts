import {UserError} from '../../base/user-error.js'
import type {Outlet} from '../outlet.js'
import type {LogOptions} from './log-options.js'
import type {LogSource} from './log-sources.js'
import {readSource, type ReadDeps} from './read-source.js'

export interface PrintLogsDeps extends ReadDeps {
  readonly out: Outlet
}

/**
 * Prints logs one after the other, or, where several are followed, all at once, line by line. Resolves when all have ended or the signal is aborted.
 * The first error ends it, unless errors are to be ignored: they are then printed among the lines. Source: kubectl `LogsOptions.RunLogs`.
 */
export async function printLogs(sources: readonly LogSource[], options: LogOptions, deps: PrintLogsDeps): Promise<void> {
  if (!options.follow || sources.length < 2) {
    for (const source of sources) await printLog(source, options, deps)
    return
  }
  const {length} = sources
  if (length > options.maxRequests) {
    const limit = `maximum allowed concurrency is ${options.maxRequests}, use --max-log-requests to increase the limit`
    throw new UserError(`you are attempting to follow ${length} log streams, but ${limit}`)
  }
  const failing = new AbortController()
  const signal = AbortSignal.any([deps.signal, failing.signal])
  const results = await Promise.allSettled(
    sources.map((source) =>
      printLog(source, options, {...deps, signal}).catch((error: unknown) => {
        failing.abort()
        throw error
      }),
    ),
  )
  const failed = results.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

async function printLog(source: LogSource, options: LogOptions, {out, ...deps}: PrintLogsDeps): Promise<void> {
  const prefix = options.prefix ? `[pod/${source.pod.metadata.name}/${source.container}] ` : ''
  try {
    for await (const lines of readSource(source, options, deps)) {
      await out.write(prefix === '' ? lines.join('') : lines.map((line) => prefix + line).join(''))
      if (out.closed.aborted) return
    }
  } catch (error) {
    if (!options.ignoreErrors) throw error
    await out.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}
