import {UserError} from '../../base/user-error.js'
import type {Runtime} from './runtime.js'

/** Stands for every image that nothing here can run: starting it fails as pulling it would, and the event says what to do. */
export const unavailableRuntime: Runtime = {
  runs: () => true,
  readsFiles: false,
  start: ({image}) =>
    Promise.reject(
      new UserError(
        `Failed to pull image "${image}": tshift pulls no images by itself: start docker or podman and restart the gateway, or, ` +
          "to run a program of this machine in its place (the container's own command, or what the annotation tshift.dev/command of the pod template " +
          'says), start the gateway with --allow-host-commands',
      ),
    ),
}
