/** The main process of a container that runs on this machine. */
export interface ContainerProcess {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly pid: number
}

/** A container that a container engine runs, and the words before a command that is to run in it. */
export interface EngineContainer {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly execPrefix: readonly string[]
}

/** What the gateway process answers when asked for processes. */
export interface GatewayProcesses {
  /** The gateway's own. */
  readonly pid: number
  readonly containers: readonly ContainerProcess[]
  /** Absent from gateways that were started by an older tshift. */
  readonly inEngine?: readonly EngineContainer[]
}
