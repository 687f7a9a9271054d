import {UserError} from '../base/user-error.js'
import type {ShiftState} from './state.js'
import {phaseName} from './transition.js'

/** Flagger's names, with Flagger's meaning. */
const HOOKS = [
  'confirm-rollout',
  'pre-rollout',
  'rollout',
  'confirm-traffic-increase',
  'confirm-promotion',
  'post-rollout',
  'rollback',
  'event',
] as const
export type HookName = (typeof HOOKS)[number]

/** `NAME=CMD`, several → commands by name. Throws a UserError (exit code 2). */
export function parseHooks(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=')
      const name = text.slice(0, Math.max(0, at))
      const command = text.slice(at + 1).trim()
      if (!HOOKS.some((hook) => hook === name))
        throw new UserError(`there is no hook "${at === -1 ? text : name}"`, {
          hint: `the hooks are ${HOOKS.join(', ')}; write --hook NAME=COMMAND`,
          exitCode: 2,
        })
      if (command === '') throw new UserError(`the hook ${name} names no command`, {exitCode: 2})
      return [name, command]
    }),
  )
}

/** What a hook is told on its standard input: Flagger's payload, its `metadata` texts. */
export function hookPayload(hook: HookName, {plan, phase}: Pick<ShiftState, 'plan' | 'phase'>, weight: number): object {
  const {virtualService, namespace, from, to} = plan
  return {name: virtualService, namespace, phase: phaseName(phase), metadata: {hook, from, to, weight: String(weight)}}
}
