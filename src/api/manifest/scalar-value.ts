import type {Scalar} from 'yaml'
import {resolvePlainScalar} from './plain-scalar.js'
import {Unreadable} from './unreadable.js'

const YAML_TAG = 'tag:yaml.org,2002:'

/**
 * The JSON value of a scalar as kubectl reads it. Throws Unreadable for a tag that the text contradicts and for numbers JSON lacks.
 * Source: go-yaml v2 `resolve`.
 */
export function scalarValue(scalar: Scalar, offset: number): string | number | boolean | null {
  const text = String(scalar.value ?? '')
  const tag = scalar.tag?.startsWith(YAML_TAG) === true ? scalar.tag.slice(YAML_TAG.length) : scalar.tag
  if (tag === 'binary') return decodeBase64(text, offset)
  if (tag === undefined ? scalar.type !== 'PLAIN' : !['int', 'float', 'bool', 'null'].includes(tag)) return text
  const plain = resolvePlainScalar(text)
  if (tag !== undefined && !isOfTag(plain.type, tag)) throw new Unreadable('yaml', `cannot decode !!${tagOf(plain.type)} \`${text}\` as a !!${tag}`, offset)
  if (plain.type === 'null') return null
  if (plain.type === 'string' || plain.type === 'timestamp') return text
  if (typeof plain.value === 'number' && !Number.isFinite(plain.value)) throw new Unreadable('json', `unsupported value: ${goNumber(plain.value)}`, offset)
  return plain.value
}

function isOfTag(type: string, tag: string): boolean {
  return type === 'number' ? tag === 'int' || tag === 'float' : type === tag
}

function tagOf(type: string): string {
  return type === 'string' ? 'str' : type === 'number' ? 'float' : type
}

function goNumber(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

function decodeBase64(text: string, offset: number): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
  } catch {
    // atob has one reason to fail, and go-yaml words for it.
    throw new Unreadable('yaml', '!!binary value contains invalid base64 data', offset)
  }
}
