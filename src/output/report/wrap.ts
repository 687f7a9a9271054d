/** A space, but not inside `p = 0.71`, `≥ 40%` or `20% ± 5 points`. */
const BREAK = /(?<![=≥≤±<]) (?![=±])/

/** Breaks a sentence between words into lines of at most `width`, all but the first indented like `indent`, the first like `lead`. */
export function wrap(text: string, {width, lead, indent}: {readonly width: number; readonly lead: string; readonly indent: string}): readonly string[] {
  const lines: string[] = []
  let line = lead
  for (const word of text.split(BREAK)) {
    const isFirst = line === lead || line === indent
    if (!isFirst && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent + word
    } else line += isFirst ? word : ` ${word}`
  }
  return [...lines, line]
}
