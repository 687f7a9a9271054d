import type {JsonObject} from '../object.js'

/**
 * A structural schema: which fields exist, of which type they are and what a CustomResourceDefinition limits them to. Generated for the
 * kinds we know (`generated.json`), read by `decode.ts`. Semantic rules (names, cross-field) live with the kinds. `goName` is the Go type,
 * where decoding errors name it.
 */
export type Schema = ObjectSchema | MapSchema | ArraySchema | StringSchema | IntegerSchema | OtherSchema

export interface ObjectSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  /** What is filled in for absent fields. */
  readonly defaults?: JsonObject
  /** Fields that are not among the properties stay as they are. */
  readonly keepsUnknown?: boolean
  readonly goName?: string
}

export interface MapSchema extends Size {
  readonly type: 'map'
  readonly values: Schema
}

export interface ArraySchema extends Size {
  readonly type: 'array'
  readonly items: Schema
}

/** How many items or keys. */
export interface Size {
  readonly minItems?: number
  readonly maxItems?: number
}

export interface StringSchema {
  readonly type: 'string'
  readonly enum?: readonly string[]
  readonly format?: 'date-time' | 'byte' | 'quantity'
  readonly minLength?: number
  readonly maxLength?: number
  /** A regular expression as Go and JavaScript both read it. */
  readonly pattern?: string
  readonly goName?: string
}

export interface IntegerSchema {
  readonly type: 'integer'
  readonly format?: 'int32' | 'int64'
  readonly minimum?: number
  readonly maximum?: number
}

export interface OtherSchema {
  /** `any` is kept as it is: free-form JSON. */
  readonly type: 'number' | 'boolean' | 'int-or-string' | 'any'
}
