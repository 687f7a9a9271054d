const ACRONYMS = ['API', 'URL', 'UID', 'OSB', 'GUID']

/** A field's name for people: `creationTimestamp` → `Creation Timestamp`, `apiVersion` → `API Version`. Source: kubectl `smartLabelFor`. */
export function titleOf(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field
  return splitWords(field).map(titled).join(' ')
}

function titled(word: string): string {
  return ACRONYMS.includes(word.toUpperCase()) ? word.toUpperCase() : word.replace(/^./u, (first) => first.toUpperCase())
}

/** Runs of lower case, upper case and others; the last capital of a run begins the word after it. Source: fatih/camelcase. */
function splitWords(text: string): readonly string[] {
  const runs = text.match(/\p{Ll}+|\p{Lu}+|[^\p{Ll}\p{Lu}]+/gu) ?? []
  const words: string[] = []
  let carried = ''
  runs.forEach((run, index) => {
    const gives = /^\p{Lu}/u.test(run) && /^\p{Ll}/u.test(runs[index + 1] ?? '')
    words.push(carried + (gives ? run.slice(0, -1) : run))
    carried = gives ? run.slice(-1) : ''
  })
  return words.filter((word) => word !== '')
}
