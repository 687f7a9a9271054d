import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/base/user-error.js'
import {parseGoTemplate} from '../../src/output/go-template.js'
import {TemplateFailure} from '../../src/output/go-template/template-failure.js'

interface Fixture {
  readonly object: unknown
  /** Templates with what kubectl 1.35 answered. */
  readonly printed: readonly [template: string, text: string][]
  readonly unreadable: readonly [template: string, reason: string][]
  readonly failing: readonly [template: string, printedBefore: string, reason: string][]
}
const {object, printed, unreadable, failing} = JSON.parse(readFileSync(new URL('fixtures/go-template-by-kubectl.json', import.meta.url), 'utf8')) as Fixture

/** What a template comes to, success or not. */
function outcomeOf(template: string, allowsMissingKeys = true): unknown {
  try {
    return parseGoTemplate(template, {allowsMissingKeys})(object)
  } catch (error) {
    if (error instanceof TemplateFailure) return {message: error.message, printed: error.printed.split('Error executing template: ')[0]}
    if (error instanceof UserError) return error.message
    throw error
  }
}

describe('kubectl 1.35 and we print the same', () => {
  test.each(printed)('%s', (template, text) => {
    expect(outcomeOf(template)).toBe(text)
  })
})

describe('kubectl 1.35 and we cannot read the same', () => {
  test.each(unreadable)('%s', (template, reason) => {
    expect(outcomeOf(template)).toBe(`error parsing template ${template}, ${reason}`)
  })
})

describe('kubectl 1.35 and we fail on the same', () => {
  test.each(failing)('%s', (template, before, reason) => {
    expect(outcomeOf(template)).toEqual({message: `error executing template ${JSON.stringify(template)}: ${reason}`, printed: before})
  })
})
