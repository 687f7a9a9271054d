import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {goDuration} from '../go-duration.js'

const NAME = 'pod-running-timeout'

/** How long a verb waits for the first pod of a deployment or service. */
export const podRunningTimeoutFlag = (standard: string) => ({
  [NAME]: Flags.string({description: 'how long to wait until there is a pod', default: standard, helpValue: 'DURATION'}),
})

/** In milliseconds. Throws a UserError in kubectl's words. */
export function podRunningTimeoutOf(flags: {readonly [NAME]: string}, verb: string): number {
  const timeoutMs = goDuration(flags[NAME], NAME, verb)
  if (timeoutMs > 0) return timeoutMs
  throw new UserError(`--${NAME} must be higher than zero`, {hint: `See 'tshift ${verb} -h' for help and examples`})
}
