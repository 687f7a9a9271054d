import {fork, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import path from 'node:path'
import {readFileSync} from 'node:fs'
import {onTestFinished} from 'vitest'

/** One of the small programs next to this file, which answers each message with one: so that no process of a test holds all descriptors. */
export interface Running {
  readonly pid: number
  ask<T>(question: unknown): Promise<T>
}

/** Starts it with the arguments; it ends with the test, and where it ends before, so does who waits for its answer. */
export async function startProcess(program: string, ...args: readonly string[]): Promise<Running> {
  const child = fork(path.join(import.meta.dirname, program), args)
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${program} ended with ${String(code)}`)
  })
  ended.catch(() => undefined) // of interest only to who waits
  const answer = <T>(): Promise<T> => Promise.race([nextMessage<T>(child), ended])
  await answer()
  const ask = <T>(question: unknown): Promise<T> => {
    const answered = answer<T>()
    child.send(question as object)
    return answered
  }
  return {pid: child.pid ?? 0, ask}
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T]
  return message
}

/** How many descriptors a process may have at most; Node takes as many. Infinity where there is no telling. */
export function mostDescriptors(): number {
  const limits = process.platform === 'linux' ? readFileSync('/proc/self/limits', 'utf8') : ''
  const [, hard = ''] = /^Max open files\s+\S+\s+(\S+)/m.exec(limits) ?? []
  return hard === '' || hard === 'unlimited' ? Infinity : Number(hard)
}
