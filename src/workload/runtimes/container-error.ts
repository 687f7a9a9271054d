import {UserError} from '../../base/user-error.js'

/** Why a container waits, or its pod's event tells, in Kubernetes' words. */
export type ContainerErrorReason = 'CreateContainerConfigError' | 'CreateContainerError' | 'ErrImagePull' | 'FailedMount' | 'RunContainerError'

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
