/** Whether a container's name fits `-c`: `*` stands for anything, `?` for one character. Source: kubectl `set/helper.go` `selectString`. */
export function containerPattern(pattern: string): (name: string) => boolean {
  const parts = [...pattern].map((char) => (char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
  const expression = new RegExp(`^${parts.join('')}$`, 's')
  return (name) => expression.test(name)
}
