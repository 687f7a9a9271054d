import type {ContainerExec} from '../../../workload/exec/run-in-container.js'
import {checkHttp} from './check-http.js'
import type {CheckTarget} from './check-target.js'
import {checkTcp} from './check-tcp.js'

/** `error`: it could not be found out. */
export interface CheckResult {
  readonly type: 'success' | 'failure' | 'error'
  /** What a failure's event says. */
  readonly message: string
}

export interface CheckContext {
  readonly timeoutMs: number
  /** Ends the check early, as a failure. */
  readonly signal: AbortSignal
  readonly exec: ContainerExec
}

/** Does what a probe or hook asks for, once. Never rejects. */
export async function check(target: CheckTarget, {timeoutMs, signal, exec}: CheckContext): Promise<CheckResult> {
  const limit = new AbortController()
  const end = () => limit.abort()
  const timer = setTimeout(end, timeoutMs)
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    return await checkOnce(target, limit.signal, exec)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

function checkOnce(target: CheckTarget, limit: AbortSignal, exec: ContainerExec): Promise<CheckResult> {
  switch (target.type) {
    case 'tcp':
      return checkTcp(target, limit)
    case 'http':
      return checkHttp(target, limit)
    case 'exec':
      return checkExec(target.command, limit, exec)
    case 'sleep':
      return sleep(target.seconds * 1000, limit)
    case 'impossible':
      return Promise.resolve({type: 'error', message: target.message})
  }
}

/** Cut short is as good as slept. */
function sleep(ms: number, limit: AbortSignal): Promise<CheckResult> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      resolve({type: 'success', message: ''})
    }
    const timer = setTimeout(wake, ms)
    limit.addEventListener('abort', wake, {once: true})
  })
}

/** Source: kubernetes `pkg/probe/exec`. */
async function checkExec(command: readonly string[], limit: AbortSignal, exec: ContainerExec): Promise<CheckResult> {
  try {
    const {exitCode, output} = await exec(command, limit)
    if (limit.aborted) return {type: 'failure', message: `command ${JSON.stringify(command.join(' '))} timed out`}
    return {type: exitCode === 0 ? 'success' : 'failure', message: output}
  } catch (error) {
    return {type: 'error', message: error instanceof Error ? error.message : String(error)}
  }
}
