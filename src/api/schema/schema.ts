/**
 * A structural schema: which fields exist and of which type they are. Generated for the kinds we know (`generated.json`), read by
 * `decode.ts`. Semantic rules (ranges, names, cross-field) live with the kinds. `goName` is the Go type, where decoding errors name it.
 */
export type Schema =
  | {readonly type: 'object'; readonly properties: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly goName?: string}
  | {readonly type: 'map'; readonly values: Schema}
  | {readonly type: 'array'; readonly items: Schema}
  | {readonly type: 'string'; readonly enum?: readonly string[]; readonly format?: 'date-time' | 'byte' | 'quantity'; readonly goName?: string}
  | {readonly type: 'integer'; readonly format?: 'int32' | 'int64'; readonly minimum?: number; readonly maximum?: number}
  | {readonly type: 'number'}
  | {readonly type: 'boolean'}
  | {readonly type: 'int-or-string'}
  /** Kept as it is: free-form JSON. */
  | {readonly type: 'any'}
