/** Several errors as one text: hashicorp's go-multierror layout, which istiod's answers have. One error is its bare text. */
export function formatMultiError(errors: readonly string[]): string {
  if (errors.length === 1) return errors[0] ?? ''
  return `${errors.length} errors occurred:\n${errors.map((error) => `\t* ${error}\n`).join('')}\n`
}
