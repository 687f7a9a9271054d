import {Word64} from './word64.js'

const P1 = new Word64(0x9e3779b1, 0x85ebca87)
const P2 = new Word64(0xc2b2ae3d, 0x27d4eb4f)
const P3 = new Word64(0x165667b1, 0x9e3779f9)
const P4 = new Word64(0x85ebca77, 0xc2b2ae63)
const P5 = new Word64(0x27d4eb2f, 0x165667c5)
const STRIPE = 32
const TURNS = [1, 7, 12, 18]

const encoder = new TextEncoder()
/** Where texts of the length of an address are put for hashing: a ring may need a million of them. */
const scratch = new DataView(new ArrayBuffer(128))
const term = new Word64()

/** xxHash64 of the UTF-8 text (Yann Collet's published algorithm). The seed has 32 bits here. */
export function xxHash64(text: string, seed = 0): Word64 {
  if (writeAscii(text)) return hashBytes(scratch, text.length, seed)
  const bytes = encoder.encode(text)
  return hashBytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes.length, seed)
}

/** False where the text is too long or has other characters. */
function writeAscii(text: string): boolean {
  if (text.length > scratch.byteLength) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return false
    scratch.setUint8(i, code)
  }
  return true
}

function hashBytes(view: DataView, length: number, seed: number): Word64 {
  const stripesEnd = length - (length % STRIPE)
  const hash = stripesEnd > 0 ? hashStripes(view, stripesEnd, seed) : new Word64(0, seed).add(P5)
  hash.add(term.set(0, length))
  addRest(hash, view, {start: stripesEnd, end: length})
  return hash.xorShifted(33).multiply(P2).xorShifted(29).multiply(P3).xorShifted(32)
}

function hashStripes(view: DataView, end: number, seed: number): Word64 {
  const lanes = [new Word64(0, seed).add(P1).add(P2), new Word64(0, seed).add(P2), new Word64(0, seed), new Word64(0, seed).subtract(P1)]
  for (let at = 0; at < end; at += STRIPE) for (const [i, lane] of lanes.entries()) round(lane, readWord(view, at + 8 * i))
  const hash = new Word64()
  for (const [i, {hi, lo}] of lanes.entries()) hash.add(term.set(hi, lo).rotate(TURNS[i] ?? 0))
  for (const lane of lanes) hash.xor(round(new Word64(), lane)).multiply(P1).add(P4)
  return hash
}

/** What is left of less than a stripe: words of eight bytes, one of four, single bytes. */
function addRest(hash: Word64, view: DataView, {start, end}: {readonly start: number; readonly end: number}): void {
  let at = start
  for (; at + 8 <= end; at += 8) hash.xor(round(new Word64(), readWord(view, at))).rotate(27).multiply(P1).add(P4)
  if (at + 4 <= end) {
    hash.xor(term.set(0, view.getUint32(at, true)).multiply(P1)).rotate(23).multiply(P2).add(P3)
    at += 4
  }
  for (; at < end; at++) hash.xor(term.set(0, view.getUint8(at)).multiply(P5)).rotate(11).multiply(P1)
}

function round(lane: Word64, {hi, lo}: Word64): Word64 {
  return lane.add(term.set(hi, lo).multiply(P2)).rotate(31).multiply(P1)
}

function readWord(view: DataView, at: number): Word64 {
  return new Word64(view.getUint32(at + 4, true), view.getUint32(at, true))
}
