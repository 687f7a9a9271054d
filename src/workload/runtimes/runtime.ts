/**
 * Runs one container of a pod. Implementations are chosen by image in `runtimes.ts`; all run `test/contract/runtime.ts`.
 */
export interface Runtime {
  /** Whether this runtime is the one for the image. */
  runs(image: string): boolean

  /** Whether its programs read files, so that a pod's volumes are worth laying out. */
  readonly readsFiles: boolean

  /**
   * Starts the container and resolves once its process exists. `log` gets every line the container writes, without the newline.
   * Throws a UserError where it cannot be started at all, a ContainerError where trying again may help. `signal` ends a long way there (a pull).
   */
  start(container: ContainerSpec, log: (line: string) => void, signal?: AbortSignal): Promise<RunningContainer>
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
  /** Where the process begins within the image; undefined for the image's own place. */
  readonly workingDir: string | undefined
  /** Directories of this machine that the container sees, where its runtime reads files. */
  readonly mounts: readonly Mount[]
  readonly alwaysPull: boolean
  /** A name for this container that no other on this machine has. */
  readonly id: string
}

export interface Mount {
  /** On this machine. */
  readonly source: string
  readonly mountPath: string
  readonly readOnly: boolean
}

export interface RunningContainer {
  /** Process id where there is a process. */
  readonly pid: number | undefined
  /** What goes before a command to run it inside: nothing where the container is a program of this machine. Undefined where nothing runs at all. */
  readonly execPrefix: readonly string[] | undefined
  /** Resolves once the container accepts connections on its ports (at once where it has none), or has exited. */
  readonly ready: Promise<void>
  /** Resolves when it is over, for whatever reason. Never rejects. */
  readonly exited: Promise<ContainerExit>
  /** TERM, wait up to `graceMs`, KILL. Resolves when it is over. */
  stop(graceMs: number): Promise<ContainerExit>
  /** Lets a client's program be the container's, until it ends. Undefined where the container has one of its own, or another client's. */
  attend(client: Attendant): Attendance | undefined
}

/** A client whose program stands for what the container would run. */
export interface Attendant {
  /** The container has to end within so many milliseconds. May be called again with less. */
  stop(graceMs: number): void
}

/** What a client's program does, for the container that it stands for. */
export interface Attendance {
  /** It has written these bytes. */
  output(bytes: Buffer): void
  /** It has ended, and so does the container. */
  ended(exit: ContainerExit): void
}

/** For runtimes whose containers have programs of their own. */
export const unattended: Pick<RunningContainer, 'attend'> = {attend: () => undefined}

export interface ContainerExit {
  /** 128 + signal number where a signal ended it, as Kubernetes reports it. */
  readonly exitCode: number
  readonly signal?: string
}
