import {createReadStream} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {createInterface} from 'node:readline'
import {Readable} from 'node:stream'
import {UserError} from '../../base/user-error.js'
import type {AnswerOf} from '../../tally/answer.js'
import {createCounter, type Counter} from '../../tally/count.js'
import {parseShard, type Shard} from '../../tally/shard.js'
import {followFile} from '../follow-file.js'

export interface CountSource {
  /** Paths; `-` or none is standard input. */
  readonly files: readonly string[]
  readonly stdin: Readable
  readonly answerOf: AnswerOf
  /** Called after every line, with the counter; true ends the reading. */
  readonly counted?: (counter: Counter) => boolean
  /** Goes on with what is written to the file until this aborts. */
  readonly follow?: AbortSignal | undefined
}

export interface CountsRead {
  readonly counter: Counter
  /** Reports of former runs among the files: their counts add up. */
  readonly shards: readonly Shard[]
}

/**
 * Counts the lines of all files; a file that is a report of `probe` or `tally` is a shard instead. Throws a UserError for what cannot be read (exit code 65).
 */
export async function readCounts({files, stdin, answerOf, counted = () => false, follow}: CountSource): Promise<CountsRead> {
  const counter = createCounter(answerOf)
  const open = (file: string) => (file === '-' ? stdin : follow === undefined ? createReadStream(file) : Readable.from(followFile(file, {signal: follow})))
  const shards: Shard[] = []
  for (const file of files.length === 0 ? ['-'] : files) {
    const shard = file === '-' || follow !== undefined ? undefined : await shardOf(file)
    if (shard !== undefined) shards.push(shard)
    else if (await countLines(open(file), file, {counter, counted})) break
  }
  return {counter, shards}
}

async function countLines(input: Readable, file: string, {counter, counted}: {counter: Counter; counted: (counter: Counter) => boolean}): Promise<boolean> {
  try {
    for await (const line of createInterface({input: Readable.from(withinLimit(input, file)), crlfDelay: Infinity})) {
      counter.add(line)
      if (counted(counter)) return true
    }
    return false
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, error)
  }
}

const LINE_LIMIT_BYTES = 1024 * 1024

/** The chunks of `input`, as long as its lines are lines: what has no end would be kept whole. */
async function* withinLimit(input: AsyncIterable<Buffer | string>, file: string): AsyncGenerator<Buffer | string> {
  let length = 0
  for await (const chunk of input) {
    const end = chunk.lastIndexOf('\n')
    length = end === -1 ? length + chunk.length : chunk.length - end - 1
    if (length > LINE_LIMIT_BYTES) throw new UserError(`${file === '-' ? 'standard input' : file} has a line of more than 1 MiB`, {exitCode: 65})
    yield chunk
  }
}

const REPORT_LIMIT_BYTES = 16 * 1024 * 1024

/** The report in a file, undefined where the file is something else. Only the beginning is looked at before it is read whole. */
async function shardOf(file: string): Promise<Shard | undefined> {
  try {
    const stream = createReadStream(file, {encoding: 'utf8', end: 255})
    let head = ''
    for await (const chunk of stream) head += chunk as string
    if (!/^\s*\{\s*"apiVersion":\s*"tshift\.dev\//.test(head)) return undefined
    const text = await readFile(file, 'utf8')
    if (text.length > REPORT_LIMIT_BYTES) throw new UserError(`${file} is too large to be a report`, {exitCode: 65})
    return parseShard(text, file)
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): UserError {
  const {code, message} = error as NodeJS.ErrnoException
  return new UserError(code === 'ENOENT' ? `the path "${file}" does not exist` : `cannot read ${file}: ${message}`, {exitCode: code === 'ENOENT' ? 1 : 65})
}
