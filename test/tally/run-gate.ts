import {createCounter} from '../../src/tally/count.js'
import type {Expectation} from '../../src/tally/expectation.js'
import type {TallyReport} from '../../src/tally/report.js'
import {sequentialGate, type SequentialOptions} from '../../src/tally/sequential.js'

const WORDS = ['one', 'two', 'three']

/** Asks the gate after every batch of answers, as the probe does; what the sequence leaves undecided ends with the input. */
export function runGate(sequence: Iterable<number>, expectation: Expectation, {batch = 10, ...options}: SequentialOptions & {batch?: number} = {}): TallyReport {
  const gate = sequentialGate(expectation, options)
  const counter = createCounter()
  let n = 0
  for (const answer of sequence) {
    counter.add(WORDS[answer] ?? '')
    if (++n % batch !== 0) continue
    const look = gate.look(counter.counts())
    if (look.state === 'done') return look.report
  }
  return gate.conclude(counter.counts(), 'end')
}
