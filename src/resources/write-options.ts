import type {KubeObject} from '../api/object.js'
import type {ManagedFieldsEntry} from './fields/managed-fields.js'

/** How unknown and duplicate fields are treated: refused, warned about, or dropped in silence (kubectl `--validate`). */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

export interface WriteOptions {
  /** Goes through everything but the store: the object that would be, with nothing written (`--dry-run=server`). */
  readonly dryRun?: boolean
  readonly fieldValidation?: FieldValidation
  /** Who writes, as `metadata.managedFields` will name it; default: the manager of these Resources. */
  readonly fieldManager?: string
  /** Through which the object is written; a `binding` is no change of what its user wants, and leaves its generation. */
  readonly subresource?: 'status' | 'scale' | 'binding'
  /** Who manages which fields after this write, where the caller has worked it out (server-side apply). */
  readonly owners?: readonly ManagedFieldsEntry[]
  /** The object comes back with `metadata.managedFields`. */
  readonly managedFields?: boolean
}

/** Which object: its namespace (undefined outside namespaces) and name. */
export interface ObjectRef {
  readonly namespace?: string | undefined
  readonly name: string
}

export interface Written<T extends KubeObject = KubeObject> {
  readonly object: T
  /** False where the write would have changed nothing: then nothing was written. */
  readonly changed: boolean
  readonly warnings: readonly string[]
}

/** How a deletion that takes its time is marked on an object. */
export interface DeletionMark {
  readonly graceSeconds: number
  /** Put on the object, so that it stays until they are taken off. */
  readonly finalizers?: readonly string[]
}

/** A write of an object that is there. */
export interface Replacement<T extends KubeObject> {
  readonly stored: T
  readonly next: T
  /** The managers that the client wrote into the object. */
  readonly given: readonly ManagedFieldsEntry[] | undefined
  readonly object: T
  readonly options: WriteOptions
  readonly warnings: readonly string[]
}
