/** The reasons the Kubernetes API gives for a refusal, with their HTTP codes. */
const CODES = {
  BadRequest: 400,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  UnsupportedMediaType: 415,
  Invalid: 422,
  InternalError: 500,
} as const

export type StatusReason = keyof typeof CODES

export interface StatusCause {
  readonly reason: string
  readonly field: string
  readonly message: string
}

export interface StatusDetails {
  readonly name?: string
  readonly group?: string
  /** Plural resource, but the Kind for `Invalid` (as the API server has it). */
  readonly kind?: string
  readonly causes?: readonly StatusCause[]
}

/**
 * A refusal in the API's own words. `message` is what the server would say; kubectl's prefix
 * (`Error from server (NotFound): `) is added where it is printed.
 */
export class StatusError extends Error {
  override readonly name = 'StatusError'
  /** Empty where the server gives none, e.g. for an admission webhook's refusal. */
  readonly reason: StatusReason | ''
  readonly details: StatusDetails

  constructor(reason: StatusReason | '', message: string, details: StatusDetails = {}) {
    super(message)
    this.reason = reason
    this.details = details
  }

  get code(): number {
    return this.reason === '' ? 400 : CODES[this.reason]
  }
}

/** `services` or `virtualservices.networking.istio.io`: how the API names a resource in messages. */
export function qualifiedResource(type: {readonly plural: string; readonly group: string}): string {
  return type.group === '' ? type.plural : `${type.plural}.${type.group}`
}

type Named = {readonly plural: string; readonly group: string}

/** 404 NotFound in the API server's words. */
export function notFound(type: Named, name: string): StatusError {
  return new StatusError('NotFound', `${qualifiedResource(type)} "${name}" not found`, {name, group: type.group, kind: type.plural})
}

/** 409 AlreadyExists in the API server's words. */
export function alreadyExists(type: Named, name: string): StatusError {
  return new StatusError('AlreadyExists', `${qualifiedResource(type)} "${name}" already exists`, {name, group: type.group, kind: type.plural})
}

/** 409 Conflict in the API server's words, for a write over a version that is not the newest. */
export function conflict(type: Named, name: string): StatusError {
  const text = 'the object has been modified; please apply your changes to the latest version and try again'
  return new StatusError('Conflict', `Operation cannot be fulfilled on ${qualifiedResource(type)} "${name}": ${text}`, {
    name,
    group: type.group,
    kind: type.plural,
  })
}

const hasReason = (reason: StatusReason) => (error: unknown) => error instanceof StatusError && error.reason === reason

export const isNotFound = hasReason('NotFound')
export const isAlreadyExists = hasReason('AlreadyExists')
export const isConflict = hasReason('Conflict')
export const isExpired = hasReason('Expired')
