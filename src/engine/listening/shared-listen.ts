import {listen, type Listen} from './listen.js'
import {bindingKey} from './port-binding.js'

/** More attempts than two workers can ever be apart; the next switch starts over. */
const ATTEMPTS = 8

/**
 * Listening in a cluster worker, on the handle all workers share. Ports that `isRefused` knows are not tried.
 *
 * Node names a shared handle after its address and after how often this worker has asked for it without success. Where one worker has failed
 * once more than another, it must fail as often to meet the others' handle again: hence the attempts.
 */
export function sharedListen(isRefused: (key: string) => string | undefined): Listen {
  return async (server, binding) => {
    const refused = isRefused(bindingKey(binding))
    if (refused !== undefined) return refused
    let error = await listen(server, binding)
    for (let attempt = 1; attempt < ATTEMPTS && error === 'EADDRINUSE'; attempt++) error = await listen(server, binding)
    return error
  }
}
