const CONTEXT = 3

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** What changes from one text to the other: lines with ` `, `-` and `+`, three around each change, `...` between changes far apart. */
export function diffLines(before: string, after: string): string {
  const lines = alignLines(splitLines(before), splitLines(after))
  const changed = lines.flatMap(({sign}, i) => (sign === ' ' ? [] : [i]))
  const shown = lines.flatMap((line, i) => (changed.some((change) => Math.abs(change - i) <= CONTEXT) ? [{...line, at: i}] : []))
  return shown
    .map(({sign, text, at}, i) => {
      const last = shown[i - 1]
      return `${last !== undefined && last.at < at - 1 ? '...\n' : ''}${sign}${text}\n`
    })
    .join('')
}

function splitLines(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

/** A longest common subsequence (Wagner & Fischer 1974), after what is equal at both ends. */
function alignLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const same = (lines: readonly string[]): readonly Line[] => lines.map((text) => ({sign: ' ', text}))
  const middle = align(before.slice(start, before.length - end), after.slice(start, after.length - end))
  return [...same(before.slice(0, start)), ...middle, ...same(before.slice(before.length - end))]
}

function align(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lengths = before.map(() => after.map(() => 0))
  const common = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? []
    for (let j = after.length - 1; j >= 0; j--) row[j] = before[i] === after[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1))
  }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({sign: ' ', text: before[i++] ?? ''})
      j++
    } else if (j >= after.length || (i < before.length && common(i + 1, j) >= common(i, j + 1))) lines.push({sign: '-', text: before[i++] ?? ''})
    else lines.push({sign: '+', text: after[j++] ?? ''})
  }
  return lines
}
