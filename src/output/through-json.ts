/**
 * kubectl makes its YAML by reading the object's JSON as YAML, where a raw NEL (U+0085) is a line break that folds:
 * one becomes a space, n become n-1 newlines, and the blanks around them go.
 */
export function throughJson(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd')
  return wellFormed.replace(/ *\u0085[ \u0085]*/g, (run) => {
    const breaks = run.replaceAll(' ', '').length
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
  })
}
