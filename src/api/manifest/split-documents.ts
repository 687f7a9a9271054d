/** One document's text and where it starts. */
export interface Chunk {
  readonly text: string
  readonly offset: number
  /** The separator in front of it is not one: what follows the dashes. */
  readonly badSeparator?: string
}

/**
 * Cuts a stream at lines that start with `---`, as kubectl does before it parses anything, so that one broken document does not take
 * the others with it. JSON objects that follow each other are documents too.
 * Source: apimachinery `util/yaml/decoder.go` `YAMLReader`.
 */
export function splitDocuments(text: string): readonly Chunk[] {
  const start = text.startsWith('\ufeff') ? 1 : 0
  const separators = [...text.matchAll(/^---(.*)$/gm)].map((match) => ({at: match.index, end: match.index + match[0].length, rest: (match[1] ?? '').trim()}))
  const starts = [{end: start, rest: ''}, ...separators]
  return starts.flatMap(({end, rest}, index) => {
    const chunk = {text: text.slice(end, separators[index]?.at), offset: end}
    if (rest !== '' && !rest.startsWith('#')) return [{...chunk, badSeparator: rest}]
    return splitJson(chunk)
  })
}

/** The objects of a JSON stream, or the chunk as it is. */
function splitJson(chunk: Chunk): readonly Chunk[] {
  if (!/^\s*\{/.test(chunk.text)) return [chunk]
  const ends = objectEnds(chunk.text)
  const rest = chunk.text.slice(ends.at(-1) ?? 0)
  if (ends.length < 2 || rest.trim() !== '') return [chunk]
  return ends.map((end, index) => {
    const start = ends[index - 1] ?? 0
    return {text: chunk.text.slice(start, end), offset: chunk.offset + start}
  })
}

/** Where the objects on the top level end. */
function objectEnds(text: string): readonly number[] {
  const ends: number[] = []
  let depth = 0
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (match[0] === '{') depth++
    if (match[0] === '}' && --depth === 0) ends.push(match.index + 1)
  }
  return ends
}
