import {isJsonObject, type JsonObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import type {Counts} from './count.js'
import type {Expectation} from './expectation.js'

/** The counts of a former run and the weights they were judged by: what is left of a report when runs are added up. */
export interface Shard {
  readonly name: string
  readonly expectation: Expectation | undefined
  readonly answers: readonly {readonly answer: string; readonly count: number}[]
  readonly errors: Readonly<Record<string, number>>
}

/** Reads a report as `-o json` writes it. Throws a UserError (exit code 65) for anything else. */
export function parseShard(text: string, name: string): Shard {
  const value = parseJson(text, name)
  const subsets = value['subsets']
  if (value['kind'] !== 'TallyReport' || !Array.isArray(subsets)) throw unusable(name, 'it is no report of tshift probe or tally')
  const shares = subsets.filter(isJsonObject).map((subset) => shareOf(subset, name))
  const unexpected = (Array.isArray(value['unexpected']) ? value['unexpected'] : [])
    .filter(isJsonObject)
    .map((item: JsonObject) => ({answer: String(item['answer']), count: countOf(item, name)}))
  const {source} = isJsonObject(value['expectation']) ? value['expectation'] : {}
  const errors = isJsonObject(value['errors']) && isJsonObject(value['errors']['byKind']) ? (value['errors']['byKind'] as Record<string, number>) : {}
  return {
    name,
    expectation: source === undefined ? undefined : {source: String(source), shares: shares.map(({share}) => share)},
    answers: [...shares.map(({share, count}) => ({answer: share.answers[0] ?? share.name, count})), ...unexpected].filter(({count}) => count > 0),
    errors,
  }
}

function shareOf(subset: JsonObject, name: string): {share: Expectation['shares'][number]; count: number} {
  const answers = Array.isArray(subset['answers']) ? subset['answers'].map(String) : [String(subset['name'])]
  return {share: {name: String(subset['name']), answers, weight: Number(subset['weight'] ?? 0)}, count: countOf(subset, name)}
}

function countOf(item: JsonObject, name: string): number {
  const count = item['count']
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count
  throw unusable(name, 'it holds a count that is no number')
}

/**
 * Adds runs up. They must have been judged by the same weights: two configurations in one sample would be judged by neither. The order of the
 * answers is known within the lines counted now only, and that is what order checks see. Throws a UserError (exit code 2).
 */
export function addShards(counts: Counts, shards: readonly Shard[]): Counts {
  const totals = new Map(counts.answers.map(({answer, count}) => [answer, count]))
  for (const {answers} of shards) {
    for (const {answer, count} of answers) totals.set(answer, (totals.get(answer) ?? 0) + count)
  }
  const answers = [...totals].map(([answer, count]) => ({answer, count}))
  return {...counts, answers, total: answers.reduce((sum, {count}) => sum + count, counts.other)}
}

/** The one expectation of all shards, undefined where none has any. Throws a UserError (exit code 2) where they differ. */
export function commonExpectation(shards: readonly Shard[]): Expectation | undefined {
  const [first, ...others] = shards
  const different = others.find(({expectation}) => weightsOf(expectation) !== weightsOf(first?.expectation))
  if (first === undefined || different === undefined) return first?.expectation
  throw new UserError(
    `${first.name} and ${different.name} were judged by different weights (${weightsOf(first.expectation)} and ${weightsOf(different.expectation)})`,
    {
      hint: 'runs of different configurations do not add up',
      exitCode: 2,
    },
  )
}

/** The weights of an expectation as a text, the same for the same split: `v1=0.8,v2=0.2`. */
export function weightsOf(expectation: Expectation | undefined): string {
  if (expectation === undefined) return 'none'
  const total = expectation.shares.reduce((sum, {weight}) => sum + weight, 0)
  const parts = expectation.shares.map(({answers, name, weight}) => `${answers.join('+') || name}=${Number((weight / total).toPrecision(6))}`)
  return parts.sort().join(',')
}

function parseJson(text: string, name: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    if (isJsonObject(value)) return value
  } catch {
    // said below: whatever is wrong with it, it is no report
  }
  throw unusable(name, 'it is no JSON object')
}

function unusable(name: string, why: string): UserError {
  return new UserError(`cannot use ${name}: ${why}`, {exitCode: 65})
}
