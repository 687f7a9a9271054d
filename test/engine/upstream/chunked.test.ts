import {expect, test} from 'vitest'
import {ChunkDecoder, encodeChunk, LAST_CHUNK} from '../../../src/engine/upstream/chunked.js'

const BODY = Buffer.concat([encodeChunk(Buffer.from('hello ')), encodeChunk(Buffer.alloc(300, 'x')), LAST_CHUNK])

function decode(bytes: Buffer, size: number): {text: string; end: string} {
  const decoder = new ChunkDecoder()
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) parts.push(...decoder.decode(bytes.subarray(at, at + size)))
  return {text: Buffer.concat(parts).toString(), end: decoder.isDone ? 'done' : decoder.isBroken ? 'broken' : 'open'}
}

test('a chunk is its size, its bytes and a line end', () => {
  expect(encodeChunk(Buffer.alloc(17, 'a')).toString()).toBe(`11\r\n${'a'.repeat(17)}\r\n`)
})

test.each([1, 2, 3, 7, 1000])('chunks come off wherever the bytes are cut: every %i', (size) => {
  expect(decode(BODY, size)).toEqual({text: `hello ${'x'.repeat(300)}`, end: 'done'})
})

test.each([
  ['without its end', '5\r\nhello\r\n', 'hello', 'open'],
  ['with extensions and trailers', '5;a=b\r\nhello\r\n0\r\nx: y\r\n\r\nmore', 'hello', 'done'],
  ['with a size that is none', 'x\r\nhello', '', 'broken'],
  ['with more bytes than its size', '4\r\nhello\r\n', 'hell', 'broken'],
  ['with a size of more than 8 digits', '100000000\r\n', '', 'broken'],
  ['with a line that never ends', 'a'.repeat(5000), '', 'broken'],
])('a body %s', (_, bytes, text, end) => {
  expect(decode(Buffer.from(bytes), 1000)).toEqual({text, end})
})
