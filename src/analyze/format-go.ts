/** What Istio's message templates are filled with. */
export type GoValue = string | number | readonly (string | number)[]

/** Go's fmt.Sprintf for the verbs that Istio's messages use: %s, %d and %v plain, %q quoted, lists as `[a b]`. */
export function formatGo(template: string, args: readonly GoValue[]): string {
  let next = 0
  return template.replace(/%([sdvq])/g, (_, verb: string) => {
    const value = args[next++] ?? ''
    if (verb === 'q') return JSON.stringify(String(value))
    return typeof value === 'object' ? `[${value.join(' ')}]` : String(value)
  })
}
