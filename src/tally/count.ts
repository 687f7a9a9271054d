import {firstWord, type AnswerOf} from './answer.js'

/** Distinct answers told apart; what comes after them is pooled. */
const MOST_ANSWERS = 1000
/** Answers whose order is remembered: two bytes each. */
const LONGEST_SEQUENCE = 1_000_000

/** What was counted so far. A value: later lines do not change it. */
export interface Counts {
  /** Lines that gave an answer. */
  readonly total: number
  /** In the order of first appearance. */
  readonly answers: readonly AnswerCount[]
  /** Answers beyond the thousandth distinct one, taken together. */
  readonly other: number
  /** Non-empty lines that gave no answer: the pattern did not match. */
  readonly unmatched: number
  /** The order of the first million answers, as indices into `answers`; `answers.length` stands for `other`. */
  readonly sequence: Uint16Array
  /** When the connection of each answer of `sequence` began, ms since the run did; shorter than `sequence` where that is not known of all. */
  readonly timesMs: Float64Array
}

export interface AnswerCount {
  readonly answer: string
  readonly count: number
}

/** Counts lines as they come, in bounded memory. */
export interface Counter {
  /** Counts one line (or one whole reply) and returns its answer; empty lines are ignored. */
  add(line: string): string | undefined
  /** Counts an answer that was told apart before, with the time its connection began at where that is known; undefined counts as a line without one. */
  addAnswer(answer: string | undefined, atMs?: number): void
  counts(): Counts
}

/** A counter that tells answers apart by `answerOf`: the first word unless told otherwise. */
export function createCounter(answerOf: AnswerOf = firstWord): Counter {
  return new AnswerCounter(answerOf)
}

class AnswerCounter implements Counter {
  readonly #indexOf = new Map<string, number>()
  readonly #counts: number[] = []
  readonly #sequence = growing((length) => new Uint16Array(length))
  readonly #times = growing((length) => new Float64Array(length))
  #total = 0
  #other = 0
  #unmatched = 0

  constructor(private readonly answerOf: AnswerOf) {}

  add(line: string): string | undefined {
    if (line.trim() === '') return undefined
    const answer = this.answerOf(line)
    this.addAnswer(answer)
    return answer
  }

  addAnswer(answer: string | undefined, atMs?: number): void {
    if (answer === undefined) this.#unmatched++
    else this.#count(answer, atMs)
  }

  counts(): Counts {
    return {
      total: this.#total,
      answers: [...this.#indexOf].map(([answer, index]) => ({answer, count: this.#counts[index] ?? 0})),
      other: this.#other,
      unmatched: this.#unmatched,
      sequence: this.#sequence.copy(),
      timesMs: this.#times.copy(),
    }
  }

  #count(answer: string, atMs: number | undefined): void {
    this.#total++
    if (atMs !== undefined) this.#times.push(atMs)
    const index = this.#indexOf.get(answer) ?? (this.#indexOf.size < MOST_ANSWERS ? this.#indexOf.size : MOST_ANSWERS)
    this.#sequence.push(index)
    if (index === MOST_ANSWERS) {
      this.#other++
      return
    }
    this.#indexOf.set(answer, index)
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
  }
}

/** A list of numbers that doubles its memory as it grows, and takes no more than the longest sequence. */
function growing<T extends Uint16Array | Float64Array>(make: (length: number) => T): {push(value: number): void; copy(): T} {
  let cells = make(1024)
  let length = 0
  return {
    push(value) {
      if (length === LONGEST_SEQUENCE) return
      if (length === cells.length) {
        const wider = make(Math.min(2 * length, LONGEST_SEQUENCE))
        wider.set(cells)
        cells = wider
      }
      cells[length++] = value
    },
    copy: () => cells.slice(0, length) as T,
  }
}
