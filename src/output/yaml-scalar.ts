import {resolvePlainScalar} from '../api/manifest/plain-scalar.js'
import {analyzeScalar} from './scalar-analysis.js'
import {throughJson} from './through-json.js'
import {isBreak, type YamlWriter} from './yaml-writer.js'

type Style = 'plain' | 'single' | 'double' | 'literal'

/** go-yaml reads `1:30` as text but quotes it for YAML 1.1 readers that take it for 90. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** Longer keys, and keys of several lines, are written after a `?`. */
const SIMPLE_KEY_BYTES = 128

export function isSimpleKey(key: string): boolean {
  if (/^[\w./-]{1,64}$/.test(key)) return true
  return !analyzeScalar(key).multiline && new TextEncoder().encode(key).length <= SIMPLE_KEY_BYTES
}

/** Writes a string so that it is read back as that string; a simple key is never folded. */
export function writeString(writer: YamlWriter, text: string, as: 'key' | 'value'): void {
  const value = throughJson(text)
  const canFold = as === 'value'
  switch (chooseStyle(value)) {
    case 'plain':
      return writePlain(writer, value, canFold)
    case 'single':
      return writeSingleQuoted(writer, value, canFold)
    case 'double':
      return writeDoubleQuoted(writer, value, canFold)
    case 'literal':
      return writeLiteral(writer, value)
  }
}

/** Nothing in it could be taken for a part of YAML; it may still be a word that means something else. */
const SIMPLE = /^[A-Za-z][\w./-]*$/

function chooseStyle(text: string): Style {
  if (SIMPLE.test(text)) return resolvePlainScalar(text).type === 'string' ? 'plain' : 'double'
  const {plainAllowed, singleQuotedAllowed, blockAllowed} = analyzeScalar(text)
  if (text.includes('\n')) return blockAllowed ? 'literal' : 'double'
  if (resolvePlainScalar(text).type !== 'string' || BASE_60.test(text)) return 'double'
  if (plainAllowed) return 'plain'
  return singleQuotedAllowed ? 'single' : 'double'
}

/** Writes a scalar without quotes. `canFold` lets it break at single spaces beyond the width (libyaml write_plain_scalar). */
export function writePlain(writer: YamlWriter, text: string, canFold: boolean): void {
  if (!canFold || writer.hasRoomFor(text)) return writer.begin(text)
  writer.begin('')
  const chars = [...text]
  chars.forEach((char, at) => {
    if (char === ' ') writer.space(writer.isBeyondWidth && chars[at - 1] !== ' ' && chars[at + 1] !== ' ')
    else writer.append(char)
  })
}

function writeSingleQuoted(writer: YamlWriter, text: string, canFold: boolean): void {
  writer.begin("'")
  const chars = [...text]
  chars.forEach((char, at) => {
    if (char === ' ') return writer.space(canFold && isInside(chars, at) && writer.isBeyondWidth && chars[at - 1] !== ' ' && chars[at + 1] !== ' ')
    if (isBreak(char)) return writer.lineBreak(char)
    if (isBreak(chars[at - 1] ?? '')) writer.indent()
    writer.append(char === "'" ? "''" : char)
  })
  writer.append("'")
}

function writeDoubleQuoted(writer: YamlWriter, text: string, canFold: boolean): void {
  // In a text that starts with a byte order mark go-yaml takes every character for one and escapes it.
  const escapesAll = text.startsWith('\ufeff')
  writer.begin('"')
  const chars = [...text]
  chars.forEach((char, at) => {
    if (escapesAll || ESCAPED.test(char)) return writer.append(NAMED_ESCAPES[char] ?? numericEscape(char))
    if (char !== ' ') return writer.append(char)
    const fold = canFold && isInside(chars, at) && writer.isBeyondWidth && chars[at - 1] !== ' '
    writer.space(fold)
    if (fold && chars[at + 1] === ' ') writer.append('\\')
  })
  writer.append('"')
}

function writeLiteral(writer: YamlWriter, text: string): void {
  const indentHint = text.startsWith(' ') || isBreak(text.charAt(0)) ? '2' : ''
  writer.begin(`|${indentHint}${chomping(text)}`)
  writer.headerEnd()
  for (const [part] of text.matchAll(LINES_AND_BREAKS)) {
    if (isBreak(part)) {
      writer.lineBreak(part)
      continue
    }
    writer.indent()
    writer.append(part)
  }
}

const LINES_AND_BREAKS = /[\r\n\u0085\u2028\u2029]|[^\r\n\u0085\u2028\u2029]+/g

function chomping(text: string): '' | '-' | '+' {
  if (!isBreak(text.charAt(text.length - 1))) return '-'
  return text.length === 1 || isBreak(text.charAt(text.length - 2)) ? '+' : ''
}

function isInside(chars: readonly string[], at: number): boolean {
  return at > 0 && at < chars.length - 1
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\e',
  '"': '\\"', '\\': '\\\\', '\u0085': '\\N', '\u00a0': '\\_', '\u2028': '\\L', '\u2029': '\\P',
}
const ESCAPED = /^["\\\r\u2028\u2029]$|^[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u

function numericEscape(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
