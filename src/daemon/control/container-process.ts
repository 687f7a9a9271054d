/** The main process of a container that runs on this machine. */
export interface ContainerProcess {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly pid: number
}

/** What the gateway process answers when asked for processes. */
export interface GatewayProcesses {
  /** The gateway's own. */
  readonly pid: number
  readonly containers: readonly ContainerProcess[]
}
