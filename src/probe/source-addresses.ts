import {isIPv4} from 'node:net'
import {UserError} from '../base/user-error.js'

/** As many as there are ports: beyond that more addresses tell nothing more. */
const MAX_SOURCES = 65_536
/** 127.0.0.2: 127.0.0.1 is what everybody else uses. */
const FIRST_LOOPBACK = 0x7f_00_00_02

/** `count` loopback addresses from 127.0.0.2 on; Linux binds to all of 127/8. Throws a UserError where there are not so many. */
export function loopbackSources(count: number): readonly string[] {
  if (!Number.isInteger(count) || count < 1 || count > MAX_SOURCES) {
    throw new UserError(`${count} sources are not possible`, {hint: `a number from 1 to ${MAX_SOURCES}`, exitCode: 2})
  }
  return range(FIRST_LOOPBACK, count)
}

/** The addresses of an IPv4 network `a.b.c.d/n`, or one address; without network and broadcast address where it has such. Throws a UserError. */
export function parseSourceNetwork(text: string): readonly string[] {
  const [address = '', length = '32', ...rest] = text.split('/')
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : Number.NaN
  if (!isIPv4(address) || !(bits <= 32) || rest.length > 0) {
    throw new UserError(`"${text}" is neither an IPv4 address nor a network`, {hint: 'for example 127.0.0.16 or 127.0.0.16/28', exitCode: 2})
  }
  const size = 2 ** (32 - bits)
  if (size > MAX_SOURCES) throw new UserError(`${text} has ${size} addresses`, {hint: `/16 is the largest network that can be used`, exitCode: 2})
  const first = Math.floor(toNumber(address) / size) * size
  return size > 2 ? range(first + 1, size - 2) : range(first, size)
}

function toNumber(address: string): number {
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0)
}

function range(first: number, count: number): readonly string[] {
  return Array.from({length: count}, (_, offset) => [24, 16, 8, 0].map((shift) => ((first + offset) >>> shift) & 0xff).join('.'))
}
