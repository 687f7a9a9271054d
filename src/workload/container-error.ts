import {UserError} from '../base/user-error.js'

/** Why a container waits, in Kubernetes' words. */
export type ContainerErrorReason = 'CreateContainerConfigError' | 'ErrImagePull' | 'RunContainerError'

/** A container could not be started, but may be later. */
export class ContainerError extends UserError {
  constructor(
    readonly reason: ContainerErrorReason,
    message: string,
    options: {cause?: unknown} = {},
  ) {
    super(message, options)
  }
}
