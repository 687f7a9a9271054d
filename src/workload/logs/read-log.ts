import {stat} from 'node:fs/promises'
import path from 'node:path'
import {FileChanges} from './file-changes.js'
import {endedPath, previousPath, rotatedPath} from './log-file.js'
import {formatLogTime, parseLogRecord} from './log-record.js'
import {LogSegment} from './log-segment.js'

export interface ReadLogOptions {
  /** Only the last so many lines of what is there. */
  readonly tail?: number | undefined
  /** Only lines written at or after this time, Unix epoch ms. */
  readonly sinceMs?: number | undefined
  /** Puts the time before each line. */
  readonly timestamps?: boolean | undefined
  /** Goes on with what is written later, until the log is marked as ended or removed, or the signal is aborted. */
  readonly follow?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The lines of a container's log, without newlines, in order and across rotation, in batches as they are read.
 * A log that does not exist has no lines; with `follow` it is waited for.
 * A reader that is slower than two rotations misses the lines in between, as with the kubelet.
 */
export async function* readLog(file: string, options: ReadLogOptions = {}): AsyncGenerator<readonly string[]> {
  const {tail, sinceMs, timestamps = false, follow = false, signal} = options
  const since = sinceMs === undefined ? '' : formatLogTime(sinceMs)
  for await (const lines of follow ? followedLines(file, tail, signal) : presentLines(await openSegments(file), tail)) {
    if (signal?.aborted === true) return
    const records = lines.map(parseLogRecord).filter(({time}) => time >= since)
    if (records.length > 0) yield records.map(({time, text}) => (timestamps ? `${time} ${text}` : text))
  }
}

async function* presentLines(segments: readonly LogSegment[], tail: number | undefined): AsyncGenerator<readonly string[]> {
  try {
    if (tail !== undefined) await skipToTail(segments, tail)
    for (const segment of segments) yield* segment.batches()
  } finally {
    await Promise.all(segments.map((segment) => segment.close()))
  }
}

async function* followedLines(file: string, tail: number | undefined, signal: AbortSignal | undefined): AsyncGenerator<readonly string[]> {
  const changes = new FileChanges(path.dirname(file))
  let segments = await openSegments(file)
  try {
    if (tail !== undefined) await skipToTail(segments, tail)
    for (;;) {
      const state = await stateOf(file, segments.at(-1)) // before reading: what it says is then true of everything read
      for (const segment of segments) yield* segment.batches()
      if (state === 'ended' || signal?.aborted === true) return
      if (state === 'growing') await changes.next(signal)
      else segments = await replace(segments, file)
    }
  } finally {
    changes.close()
    await Promise.all(segments.map((segment) => segment.close()))
  }
}

/** The files of the log, oldest first. */
async function openSegments(file: string): Promise<readonly LogSegment[]> {
  const current = await LogSegment.open(file)
  const older = await LogSegment.open(rotatedPath(file))
  if (older !== undefined && older.inode === current?.inode) {
    await older.close() // rotated between the two: the same file twice
    return [current]
  }
  return [older, current].filter((segment) => segment !== undefined)
}

async function replace(segments: readonly LogSegment[], file: string): Promise<readonly LogSegment[]> {
  const current = await LogSegment.open(file)
  if (current === undefined) return segments // between the two steps of a rotation
  await Promise.all(segments.map((segment) => segment.close()))
  return [current]
}

async function skipToTail(segments: readonly LogSegment[], tail: number): Promise<void> {
  let missing = tail
  for (const segment of segments.toReversed()) missing -= await segment.skipToLast(missing)
}

/** `replaced`: another file of the same run has the log's name now. */
async function stateOf(file: string, last: LogSegment | undefined): Promise<'ended' | 'growing' | 'replaced'> {
  const [current, mark] = await Promise.all([inodeOf(file), inodeOf(endedPath(file))])
  if (current !== undefined && current !== last?.inode) return (await isOfRunBefore(file, last)) ? 'ended' : 'replaced'
  if (mark !== undefined) return 'ended'
  const removed = current === undefined && last !== undefined && (await inodeOf(path.dirname(file))) === undefined
  return removed ? 'ended' : 'growing'
}

/** Whether what was read last belongs to a run that has ended since: its log has been set aside. */
async function isOfRunBefore(file: string, last: LogSegment | undefined): Promise<boolean> {
  if (last === undefined) return false
  const previous = await Promise.all([inodeOf(previousPath(file)), inodeOf(rotatedPath(previousPath(file)))])
  return previous.includes(last.inode)
}

async function inodeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).ino
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
