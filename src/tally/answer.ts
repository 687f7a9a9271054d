/** An answer longer than this is a body, not a name. */
const LONGEST = 200

/** How to tell from a line which subset answered. */
export type AnswerOf = (line: string) => string | undefined

/** The first word: `one Sat Nov 21 12:00:00 UTC 2026` → `one`. Undefined for an empty line. Given a reply of several lines, the first that is not empty. */
export const firstWord: AnswerOf = (line) => /\S+/.exec(line)?.[0].slice(0, LONGEST)

/** The first capture of a pattern, or all it matched where it captures nothing. Undefined where it does not match. */
export function captureOf(pattern: RegExp): AnswerOf {
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
  return (line) => {
    const match = stateless.exec(line)
    return (match?.[1] ?? match?.[0])?.slice(0, LONGEST)
  }
}
