import {firstWord, type AnswerOf} from '../../src/tally/answer.js'
import {createCounter, type Counts} from '../../src/tally/count.js'

/** Counts a finite list of lines. */
export function countLines(lines: Iterable<string>, answerOf: AnswerOf = firstWord): Counts {
  const counter = createCounter(answerOf)
  for (const line of lines) counter.add(line)
  return counter.counts()
}
