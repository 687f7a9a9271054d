import {Flags} from '@oclif/core'
import {accessLogAnswer, fieldAnswer, jsonPathAnswer} from '../../tally/access-log.js'
import {captureOf, firstWord, type AnswerOf} from '../../tally/answer.js'
import {parsePattern} from '../probe/answer-by.js'

const LINES = 'LINES'

/** What in a line says who answered; one of them at most. */
export const answerFlags = {
  regex: Flags.string({
    description: 'the first capture of a pattern, or the whole match',
    helpValue: 'PATTERN',
    helpGroup: LINES,
    exclusive: ['field', 'json-path', 'access-log'],
  }),
  field: Flags.string({description: 'the Nth word; -1 is the last', helpValue: 'N', helpGroup: LINES, exclusive: ['json-path', 'access-log']}),
  'json-path': Flags.string({description: 'a value of a JSON line', helpValue: '.a.b', helpGroup: LINES, exclusive: ['access-log']}),
  'access-log': Flags.boolean({description: "lines are Envoy's access log, text or JSON: the subset of the chosen cluster", default: false, helpGroup: LINES}),
}

/** How answers are told apart, by the first of the flags that is given; without any it is the first word. */
export function answerOfFlags(flags: {
  regex?: string | undefined
  field?: string | undefined
  'json-path'?: string | undefined
  'access-log': boolean
}): AnswerOf {
  if (flags.regex !== undefined) return captureOf(parsePattern(flags.regex))
  if (flags.field !== undefined) return fieldAnswer(flags.field)
  if (flags['json-path'] !== undefined) return jsonPathAnswer(flags['json-path'])
  return flags['access-log'] ? accessLogAnswer : firstWord
}
