import {invalid, type FieldError} from '../../field-error.js'

/**
 * Fields of which at most one may be set. The server names no field for it, only in the text.
 * Source: kube-openapi `mustValidateOnlyOneSchemaMsg`, of CRDs made from a protobuf `oneof`.
 */
export function atMostOne(object: object | undefined, field: string, names: readonly string[]): readonly FieldError[] {
  const count = names.filter((name) => (object as Readonly<Record<string, unknown>> | undefined)?.[name] !== undefined).length
  if (count < 2) return []
  return [invalid('<nil>', '', `${JSON.stringify(field)} must validate one and only one schema (oneOf). Found ${count} valid alternatives`)]
}
