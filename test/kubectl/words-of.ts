/** The words of a command line, quotes taken off as bash does; there are no variables and no escapes outside of double quotes in what was recorded. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = []
  for (const [word] of line.matchAll(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+/g)) {
    words.push(word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, single: string | undefined, double: string | undefined) => single ?? (double ?? '').replace(/\\(["\\$`])/g, '$1')))
  }
  return words
}
