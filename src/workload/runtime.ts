/**
 * Runs one container of a pod. Implementations are chosen by image in `runtimes.ts`; all run `test/contract/runtime.ts`.
 */
export interface Runtime {
  /** Whether this runtime is the one for the image. */
  runs(image: string): boolean

  /**
   * Starts the container and resolves once its process exists. `log` gets every line the container writes, without the newline.
   * Throws a UserError where it cannot be started at all.
   */
  start(container: ContainerSpec, log: (line: string) => void): Promise<RunningContainer>
}

export interface ContainerSpec {
  readonly name: string
  readonly image: string
  /** Overrides the image's entry point where not empty. */
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** The TCP ports the pod template declares, which decide when the container is ready where nothing better is known. */
  readonly ports: readonly number[]
  /** Where the container's ports are: the pod's address, and for each port the one really listened on (the same on Linux). */
  readonly address: string
  hostPort(containerPort: number): number
}

export interface RunningContainer {
  /** Process id where there is a process. */
  readonly pid: number | undefined
  /** Resolves once the container accepts connections on its ports (at once where it has none), or has exited. */
  readonly ready: Promise<void>
  /** Resolves when it is over, for whatever reason. Never rejects. */
  readonly exited: Promise<ContainerExit>
  /** TERM, wait up to `graceMs`, KILL. Resolves when it is over. */
  stop(graceMs: number): Promise<ContainerExit>
}

export interface ContainerExit {
  /** 128 + signal number where a signal ended it, as Kubernetes reports it. */
  readonly exitCode: number
  readonly signal?: string
}
