import type {FieldError} from './field-error.js'
import type {KubeObject} from './object.js'
import type {Schema} from './schema/schema.js'

/** A column of `get`'s table. */
export interface Column {
  readonly name: string
  /** Shown with `-o wide` only. */
  readonly wide?: boolean
  /** The cell's text; `nowMs` (Unix epoch) is there for ages. */
  cell(object: KubeObject, nowMs: number): string
}

/** What an admission webhook says of an object: one error refuses it, warnings are printed. */
export interface Admission {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** A single error is to be printed as a list of one. */
  readonly isList?: boolean
}

/** A group/version under which the same stored objects can also be written. */
export interface ServedVersion {
  readonly group: string
  readonly version: string
}

/**
 * What tshift knows of one resource type. One literal per kind in `kinds/`, all of them listed in `registry.ts`.
 * The functions are pure and total: they never throw on anything that passed the schema.
 */
export interface ResourceType {
  /** '' for the core group. */
  readonly group: string
  /** Whether the kind's CustomResourceDefinition has rules beyond the schema: `validate` checks them once the schema is kept. */
  readonly hasRules?: boolean
  /** The version objects are stored and read back in. */
  readonly version: string
  /** Every group/version accepted in manifests, the preferred one first. */
  readonly served: readonly ServedVersion[]
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  /** Built-in kinds take strategic merge patches and Go's decoding errors; custom ones (`false`) merge patches and CRD errors. */
  readonly builtin: boolean
  /** Whether objects have `metadata.generation`, which a change of `spec` raises. */
  readonly hasGeneration: boolean
  readonly schema: Schema
  /** Served versions whose fields differ from the stored one's. */
  readonly olderSchemas?: Readonly<Record<string, Schema>>
  /** Without NAME (and NAMESPACE, LABELS): the printer adds those. */
  readonly columns: readonly Column[]
  /** Turns an object written as `served` into one of the stored version, then fills in what the API server would. */
  defaults(object: KubeObject): KubeObject
  /** What of a new object follows from its name and uid, which it has only once it is admitted. */
  withUid?(object: KubeObject): KubeObject
  /** What the API server's validation refuses. `previous` is the stored object on update (immutable fields). */
  validate(object: KubeObject, previous?: KubeObject): readonly FieldError[]
  /** What Istio's validating webhook says (Istio kinds only). */
  admit?(object: KubeObject): Admission
  /** What of an object is stored and does nothing here, in sentences for people. */
  withoutEffect?(object: KubeObject): readonly string[]
}
