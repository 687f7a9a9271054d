import {UserError} from '../../base/user-error.js'

/** The refusal to start a second gateway in one home. */
export function alreadyRunning(pid: number): UserError {
  return new UserError(`the gateway is already running (pid ${pid})`, {
    hint: "use 'tshift gateway restart' to start it anew, 'tshift gateway status' to look at it",
  })
}
