import {isJsonObject, type Json, type KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {relaxedPath} from '../../output/custom-columns-printer.js'
import {formatGoValue} from '../../output/go-print.js'
import {evaluate} from '../../output/jsonpath/evaluate.js'
import type {Template} from '../../output/jsonpath/node.js'
import {parseTemplate} from '../../output/jsonpath/parse-template.js'

/** What `wait --for` waits for. */
export type WaitCondition =
  | {readonly type: 'create'}
  | {readonly type: 'delete'}
  | {readonly type: 'condition'; readonly name: string; readonly status: string}
  /** Without a value: until something is found. */
  | {readonly type: 'jsonpath'; readonly template: Template; readonly value: string | undefined}

/** Reads `--for`. Throws a UserError in kubectl's words. Source: kubectl `wait/wait.go` `conditionFuncFor`. */
export function parseWaitCondition(text: string): WaitCondition {
  const word = text.toLowerCase()
  if (word === 'create' || word === 'delete') return {type: word}
  if (text.startsWith('condition=')) {
    const [, name = '', status = 'true'] = /^([^=]*)(?:=(.*))?$/s.exec(text.slice('condition='.length)) ?? []
    return {type: 'condition', name, status}
  }
  if (text.startsWith('jsonpath=')) return parseJsonPathCondition(text.slice('jsonpath='.length))
  throw new UserError(`unrecognized condition: ${JSON.stringify(text)}`)
}

const FORMAT = "--for=jsonpath='{.status.readyReplicas}'=3"

function parseJsonPathCondition(text: string): WaitCondition {
  const [path = '', value, ...others] = text.split(/(?<!=)=(?!=)/)
  if (others.length > 0) throw new UserError(`jsonpath wait format must be ${FORMAT} or ${FORMAT.replace(/=3$/, '')}`)
  const expected = value?.replace(/^['"]+|['"]+$/g, '')
  const template = parsePath(path, expected)
  return {type: 'jsonpath', template, value: expected}
}

function parsePath(path: string, expected: string | undefined): Template {
  try {
    const text = relaxedPath(path)
    if (expected === '') throw new Error(`jsonpath wait has to have a value after equal sign, like ${FORMAT}`)
    if (text === '') throw new Error('jsonpath expression cannot be empty')
    return parseTemplate(text)
  } catch (cause) {
    throw new UserError(cause instanceof Error ? cause.message : String(cause), {cause})
  }
}

/** Whether an object that is there meets a condition on it. Throws a UserError in kubectl's words for a path that does not lead to one value. */
export function meets(condition: WaitCondition & {readonly type: 'condition' | 'jsonpath'}, object: KubeObject): boolean {
  return condition.type === 'condition' ? hasCondition(condition, object) : hasValue(condition, object)
}

interface Conditioned extends KubeObject {
  readonly status?: {readonly observedGeneration?: number; readonly conditions?: readonly {readonly type?: string; readonly status?: string; readonly observedGeneration?: number}[]}
}

/** Names and values in any case; a condition that was seen on an older generation does not count. Source: kubectl `wait/condition.go`. */
function hasCondition({name, status}: WaitCondition & {readonly type: 'condition'}, {metadata, status: state}: Conditioned): boolean {
  const found = state?.conditions?.find((one) => isSameWord(one.type, name))
  if (found?.status === undefined) return false
  const observed = found.observedGeneration ?? state?.observedGeneration
  if (metadata.generation !== undefined && observed !== undefined && observed < metadata.generation) return false
  return isSameWord(found.status, status)
}

function isSameWord(left: string | undefined, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase()
}

/** Source: kubectl `wait/json.go`. */
function hasValue({template, value: expected}: WaitCondition & {readonly type: 'jsonpath'}, object: KubeObject): boolean {
  const results = find(template, object)
  const [value, ...others] = results[0] ?? []
  if (value === undefined) return false
  if (results.length > 1) throw new UserError('given jsonpath expression matches more than one list')
  if (others.length > 0) throw new UserError('given jsonpath expression matches more than one value')
  if (expected === undefined) return true
  if (Array.isArray(value) || isJsonObject(value)) throw new UserError('jsonpath leads to a nested object or list which is not supported')
  return formatGoValue(value).trim() === expected.trim()
}

function find(template: Template, object: KubeObject): readonly (readonly Json[])[] {
  try {
    return evaluate(template, object as unknown as Json)
  } catch (cause) {
    throw new UserError(cause instanceof Error ? cause.message : String(cause), {cause})
  }
}
