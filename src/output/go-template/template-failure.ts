import {UserError} from '../../base/user-error.js'

/** A template that failed on an object. */
export class TemplateFailure extends UserError {
  /** What belongs on stdout all the same: what the template wrote before, and kubectl's help for finding the fault. */
  readonly printed: string

  constructor(message: string, printed: string) {
    super(message)
    this.printed = printed
  }
}
