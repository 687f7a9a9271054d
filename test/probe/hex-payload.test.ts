import {expect, test} from 'vitest'
import {parseHexPayload} from '../../src/probe/hex-payload.js'

test.each([
  ['68656c6c6f0a', 'hello\n'],
  ['68 65:6C-6c_6f\n0A', 'hello\n'],
  ['0x68,0x65, 0x6c 0x6c 0x6f0a', 'hello\n'],
  ['', ''],
])('%j is read as bytes', (text, bytes) => expect(parseHexPayload(text).toString()).toBe(bytes))

test.each([
  ['686', '3 hex digits do not make whole bytes'],
  ['68 6g', '"g" is not a hex digit'],
])('%j is refused', (text, message) => expect(() => parseHexPayload(text)).toThrow(message))
