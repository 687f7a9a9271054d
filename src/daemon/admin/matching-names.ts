import {runInNewContext} from 'node:vm'
import {AnswerError} from './page.js'

const LIMIT_MS = 200
const MAX_PATTERN = 1000

/**
 * Those of `items` whose name matches a regular expression from a request. Matching is stopped where it takes too long: unlike Envoy's, our
 * expressions can. Throws an AnswerError for what is no expression, or takes too long.
 */
export function matchingNames<T>(items: readonly T[], nameOf: (item: T) => string, pattern: string): readonly T[] {
  if (pattern.length > MAX_PATTERN) throw new AnswerError(400, `Invalid re2 regex: longer than ${MAX_PATTERN} characters\n`)
  try {
    const context = {names: items.map(nameOf), pattern}
    const matched = runInNewContext('const test = new RegExp(pattern); names.map((name) => test.test(name))', context, {
      timeout: LIMIT_MS,
    }) as readonly boolean[]
    return items.filter((_, index) => matched[index])
  } catch (error) {
    throw new AnswerError(400, `Invalid re2 regex: ${(error as Error).message}\n`)
  }
}
