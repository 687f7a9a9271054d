import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {UserError} from '../../base/user-error.js'
import {hookPayload, type HookName} from '../../shift/hook.js'
import type {ShiftState} from '../../shift/state.js'
import {parseCommandWords} from '../../workload/runtimes/command-words.js'

/** `absent`: no such hook was given. */
export type HookAnswer = 'absent' | 'yes' | 'no'

/**
 * Runs a hook's command without a shell, the payload as JSON on its standard input, its output on our standard error. Exit code 0 says yes.
 * Throws a UserError where it cannot be started; an abort ends it with TERM.
 */
export async function runHook(
  hook: HookName,
  state: ShiftState,
  {weight, signal}: {readonly weight: number; readonly signal: AbortSignal},
): Promise<HookAnswer> {
  const command = state.plan.hooks[hook]
  if (command === undefined) return 'absent'
  const [program = '', ...args] = parseCommandWords(command)
  const child = spawn(program, args, {stdio: ['pipe', 2, 2], signal})
  child.stdin?.on('error', () => {}) // the hook does not care for its payload
  child.stdin?.end(`${JSON.stringify(hookPayload(hook, state, weight))}\n`)
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code === 0 ? 'yes' : 'no'
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new UserError(`the hook ${hook} cannot be run: ${(cause as Error).message}`, {
      hint: `give a program and its arguments, --hook ${hook}=./check.sh`,
      exitCode: 2,
      cause,
    })
  }
}
