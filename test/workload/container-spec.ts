import type {ContainerSpec} from '../../src/workload/runtimes/runtime.js'

const PLAIN: ContainerSpec = {
  name: 'app',
  image: 'example/app:1',
  command: [],
  args: [],
  env: {},
  ports: [],
  address: '127.0.0.1',
  hostPort: (port) => port,
  workingDir: undefined,
  mounts: [],
  alwaysPull: false,
  id: 'app',
}

/** A container without ports or command, changed as a test needs it. */
export function containerSpec(change: Partial<ContainerSpec> = {}): ContainerSpec {
  return {...PLAIN, ...change}
}
