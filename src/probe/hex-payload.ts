import {UserError} from '../base/user-error.js'

/** Bytes written in hex as tools print them: `0x` prefixes and blanks, newlines, colons, dashes, underscores and commas are ignored. Throws a UserError. */
export function parseHexPayload(text: string): Buffer {
  const digits = text.replaceAll(/0x|[\s:,_-]/gi, '')
  const wrong = /[^0-9a-f]/i.exec(digits)
  const hint = 'two hex digits a byte, for example 68656c6c6f0a or "68 65 6c 6c 6f 0a"'
  if (wrong !== null) throw new UserError(`"${wrong[0]}" is not a hex digit`, {hint, exitCode: 2})
  if (digits.length % 2 === 1) throw new UserError(`${digits.length} hex digits do not make whole bytes`, {hint, exitCode: 2})
  return Buffer.from(digits, 'hex')
}
