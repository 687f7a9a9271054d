/** Throws what went wrong after everything has been tried: one error as it is, several as an AggregateError. Source: apimachinery `errors.NewAggregate`. */
export function throwTogether(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors)
}
