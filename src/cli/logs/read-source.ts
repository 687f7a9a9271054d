import path from 'node:path'
import {podLogDirectory} from '../../daemon/pods/pod-log-directory.js'
import {previousPath} from '../../workload/logs/log-file.js'
import {readLog} from '../../workload/logs/read-log.js'
import type {LogOptions} from './log-options.js'
import type {LogSource} from './log-sources.js'
import {requireLog} from './require-log.js'

export type ReadOptions = Pick<LogOptions, 'follow' | 'previous' | 'tail' | 'sinceMs' | 'timestamps' | 'limitBytes'>

export interface ReadDeps {
  /** Where the logs of all pods lie. */
  readonly podLogs: string
  readonly signal: AbortSignal
}

/** The lines of one container's log with their newlines, in batches. Throws a BadRequest where there is no log yet. */
export async function* readSource({pod, container}: LogSource, options: ReadOptions, {podLogs, signal}: ReadDeps): AsyncGenerator<readonly string[]> {
  const {follow, previous, limitBytes, ...rest} = options
  requireLog(pod, container, previous)
  const file = path.join(podLogDirectory(podLogs, pod), `${container}.log`)
  const batches = readLog(previous ? previousPath(file) : file, {...rest, follow: follow && !previous, signal}) // a run that is over gets no more lines
  let left = limitBytes ?? Number.POSITIVE_INFINITY
  for await (const batch of batches) {
    const lines = batch.map((line) => `${line}\n`)
    const size = limitBytes === undefined ? 0 : Buffer.byteLength(lines.join(''))
    yield size > left ? [beginning(lines.join(''), left)] : lines
    left -= size
    if (left <= 0) return
  }
}

/** As many whole characters as fit. */
function beginning(text: string, bytes: number): string {
  return Buffer.from(text).subarray(0, bytes).toString().replace(/\uFFFD+$/, '')
}
