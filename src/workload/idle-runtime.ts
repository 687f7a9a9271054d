import {imageName} from './image-name.js'
import type {ContainerExit, Runtime} from './runtime.js'

/** Images that tutorials start only to `exec` in them, and Istio's sidecar, whose work the gateway does. */
const IMAGES: ReadonlySet<string> = new Set(['alpine', 'busybox', 'curl', 'curl-ssl', 'proxyv2', 'sleep'])

/** Runs nothing: the container is there until it is stopped. */
export const idleRuntime: Runtime = {
  runs: (image) => IMAGES.has(imageName(image)),
  readsFiles: false,
  async start() {
    let end = (_: ContainerExit): void => {}
    const exited = new Promise<ContainerExit>((resolve) => {
      end = resolve
    })
    return {
      pid: undefined,
      execPrefix: undefined,
      ready: Promise.resolve(),
      exited,
      stop() {
        end({exitCode: 0})
        return exited
      },
    }
  },
}
