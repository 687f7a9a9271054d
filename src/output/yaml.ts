import {isJsonObject, type Json, type JsonObject} from '../api/object.js'
import {sortedKeys} from './byte-order.js'
import {formatGoNumber} from './go-float.js'
import {compareNaturally} from './natural-order.js'
import {isSimpleKey, writePlain, writeString} from './yaml-scalar.js'
import {YamlWriter} from './yaml-writer.js'

/**
 * Plain data as `kubectl get -o yaml` prints it, byte for byte: keys in natural order, lists level with their key, long text folded
 * after column 80, text quoted where a YAML 1.1 reader would take it for something else. Ends with a newline; what is undefined is left out.
 * Source: go-yaml v2's encoder and emitter.
 */
export function formatYaml(value: unknown): string {
  const writer = new YamlWriter()
  writeNode(writer, value as Json, 'root')
  writer.indent()
  return writer.text
}

type Place = 'root' | 'value' | 'item'

function writeNode(writer: YamlWriter, value: Json, place: Place): void {
  if (Array.isArray(value)) return writeList(writer, value, place)
  if (isJsonObject(value)) return writeMap(writer, value)
  writer.nested(() => writeScalar(writer, value))
}

function writeScalar(writer: YamlWriter, value: Json): void {
  if (typeof value === 'string') writeString(writer, value, 'value')
  else if (typeof value === 'number') writePlain(writer, formatGoNumber(value, 'uint64'), true)
  else writePlain(writer, String(value), true)
}

function writeList(writer: YamlWriter, items: readonly Json[], place: Place): void {
  if (items.length === 0) return writer.begin('[]')
  const isDeeper = place !== 'value' || writer.atLineIndent
  writer.nested(() => {
    for (const item of items) {
      writer.indent()
      writer.blockIndicator('-')
      writeNode(writer, item, 'item')
    }
  }, isDeeper)
}

function writeMap(writer: YamlWriter, map: JsonObject): void {
  const keys = inNaturalOrder(sortedKeys(map))
  if (keys.length === 0) return writer.begin('{}')
  writer.nested(() => {
    for (const key of keys) {
      writer.indent()
      writeKey(writer, key)
      writeNode(writer, map[key] ?? null, 'value')
    }
  })
}

const LETTERS = /^[A-Za-z]*$/

/** Keys of nothing but letters, which nearly all are, are in natural order when they are in that of their bytes. */
function inNaturalOrder(keys: string[]): readonly string[] {
  return keys.every((key) => LETTERS.test(key)) ? keys : keys.sort(compareNaturally)
}

function writeKey(writer: YamlWriter, key: string): void {
  if (isSimpleKey(key)) {
    writer.nested(() => writeString(writer, key, 'key'))
    writer.append(':')
    return
  }
  writer.blockIndicator('?')
  writer.nested(() => writeString(writer, key, 'value'))
  writer.indent()
  writer.blockIndicator(':')
}
