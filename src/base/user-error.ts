/**
 * Something went wrong that the user can mend: printed as one message and a hint, without a stack.
 * Every other error that reaches the top is a bug of ours and is shown as one.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly hint: string | undefined
  readonly exitCode: number
  /** Whether it is said without `error: ` before it, as kubectl says some of what a server told it. */
  readonly isBare: boolean

  /** `message` in one sentence, lower case, no full stop; `hint` says how to mend it. */
  constructor(message: string, options: {hint?: string; exitCode?: number; cause?: unknown; isBare?: boolean} = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause})
    this.hint = options.hint
    this.exitCode = options.exitCode ?? 1
    this.isBare = options.isBare ?? false
  }
}
