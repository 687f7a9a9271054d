/** Columns of custom kinds show lists as JSON. */
export function listCell(list: readonly string[] | undefined): string {
  return list === undefined ? '' : JSON.stringify(list)
}
