import {isJsonObject, type Json} from '../api/object.js'
import {resolvePlainScalar} from '../api/manifest/plain-scalar.js'
import {sortedKeys} from './byte-order.js'
import {throughJson} from './through-json.js'

/**
 * Plain data as `kubectl get -o kyaml` prints it: YAML in braces, every text quoted, keys only where a reader could mistake them.
 * Source: sigs.k8s.io/yaml/kyaml.
 */
export function formatKyaml(value: unknown): string {
  return `---\n${format(value as Json, 0)}\n`
}

function format(value: Json, depth: number): string {
  if (typeof value === 'string') return quote(throughJson(value), depth + 1)
  if (Array.isArray(value)) return formatList(value, depth)
  return isJsonObject(value) ? formatMap(value, depth) : JSON.stringify(value)
}

const indent = (depth: number) => '  '.repeat(depth)

function formatList(items: readonly Json[], depth: number): string {
  if (items.length === 0) return '[]'
  if (items.every((item) => typeof item === 'object' && item !== null)) return `[${items.map((item) => format(item, depth)).join(', ')}]`
  return `[\n${items.map((item) => `${indent(depth + 1)}${format(item, depth + 1)},\n`).join('')}${indent(depth)}]`
}

function formatMap(map: {readonly [key: string]: Json | undefined}, depth: number): string {
  const keys = sortedKeys(map)
  if (keys.length === 0) return '{}'
  const members = keys.map((key) => `${indent(depth + 1)}${formatKey(key)}: ${format(map[key] ?? null, depth + 1)},\n`)
  return `{\n${members.join('')}${indent(depth)}}`
}

const PLAIN_KEY = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u
/** What some reader of YAML 1.1 takes for a bool (Go's own words for one among them), a float or a time of day. */
const MISTAKEN = /^(?:t|f|y|n|yes|no|on|off|true|false|null|~|[+-]?(?:inf|infinity)|nan|[+-]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)$/i

function formatKey(key: string): string {
  const isText = [key, key.replaceAll('_', '')].every((word) => resolvePlainScalar(word).type === 'string')
  const isPlain = isText && PLAIN_KEY.test(key) && !MISTAKEN.test(key)
  return isPlain ? key : quoteOneLine(key)
}

function quoteOneLine(text: string): string {
  return `"${escapeAll(text)}"`
}

/** Text of several lines is folded after each, its lines under one another behind the opening quote. */
function quote(text: string, depth: number): string {
  if (!text.includes('\n')) return quoteOneLine(text)
  const lines = text.split(/(?<=\n)/).map((line) => `${indent(depth)}${/^(?!\n)\p{White_Space}/u.test(line) ? '\\' : ' '}${escapeAll(line)}\\\n`)
  return `"\\\n${lines.join('')}${indent(depth)}"`
}

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\t', '\v': '\\v', '\0': '\\0', '\x1b': '\\e',
  '\u0085': '\\N', '\u00a0': '\\_', '\u2028': '\\L', '\u2029': '\\P',
}
/** What Go's `unicode.IsPrint` says no to. */
const UNPRINTABLE = /["\\]|(?! )[\p{C}\p{Z}]/gu

function escapeAll(text: string): string {
  return text.replace(UNPRINTABLE, (char) => NAMED[char] ?? escapeCode(char.codePointAt(0) ?? 0))
}

function escapeCode(code: number): string {
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}
