/** Where a container is in its life, as its runner knows it. Times are Unix epoch ms. */
export interface ContainerState {
  readonly name: string
  readonly image: string
  /** Of the present run. */
  readonly id: string
  readonly restarts: number
  readonly ready: boolean
  /** Its startup probe has succeeded, or it runs and has none. */
  readonly started: boolean
  readonly now: Phase
  /** How it ended the time before. */
  readonly last?: Extract<Phase, {type: 'terminated'}>
}

export type Phase =
  | {readonly type: 'waiting'; readonly reason: string; readonly message?: string}
  | {readonly type: 'running'; readonly startedMs: number}
  | {
      readonly type: 'terminated'
      /** Of the run that ended. */
      readonly id: string
      readonly exitCode: number
      readonly reason: string
      readonly message?: string
      readonly startedMs: number
      readonly finishedMs: number
    }
