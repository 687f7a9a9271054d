/** Several errors as one text: hashicorp's go-multierror layout, which istiod's answers have. One error is its bare text, unless it is a list of one. */
export function formatMultiError(errors: readonly string[], isList = false): string {
  if (errors.length === 1 && !isList) return errors[0] ?? ''
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`
  return `${count} occurred:\n${errors.map((error) => `\t* ${error}\n`).join('')}\n`
}
