/**
 * Replaces `$(NAME)` by the variable's value and `$$` by `$`; unknown names stay as they are.
 * Source: kubernetes `third_party/forked/golang/expansion`.
 */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\$|\(([^()]*)\))/g, (whole: string, what: string, name: string | undefined) => {
    if (what === '$') return '$'
    return name === undefined ? whole : (env[name] ?? whole)
  })
}
