import {unattended, type Runtime} from './runtime.js'

/**
 * Stands for init containers whose program is not run: Istio's, which redirects traffic that the gateway gets anyway, and shell scripts of images
 * that tshift knows, which only run where commands of this machine are allowed. They count as done.
 */
export const completedRuntime: Runtime = {
  runs: () => true,
  readsFiles: false,
  async start({image}, log) {
    log(`tshift: the command of ${image} was not run, and counts as done`)
    const exit = {exitCode: 0}
    return {...unattended, pid: undefined, execPrefix: undefined, ready: Promise.resolve(), exited: Promise.resolve(exit), stop: async () => exit}
  },
}
