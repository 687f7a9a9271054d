import {UserError} from '../../base/user-error.js'

/** A pair of `[LOCAL:]REMOTE` as typed. */
export interface PortPair {
  /** 0 is any free port; undefined the same as remote. */
  readonly local: number | undefined
  /** A port or its name. */
  readonly remote: number | string
}

/** `8080`, `15000:9000`, `:9000`, `8080:tcp`, `tcp`. Throws a UserError in kubectl's words. Source: client-go `portforward.parsePorts`, kubectl `splitPort`. */
export function parsePortPair(text: string): PortPair {
  const [first = '', second, ...rest] = text.split(':')
  if (rest.length > 0) throw new UserError(`invalid port format '${text}'`, {hint: 'write LOCAL:REMOTE or one port for both, e.g. 15000:9000'})
  const remote = remotePort(second ?? first)
  if (second === undefined) return {local: undefined, remote}
  return {local: first === '' ? 0 : uint16(first, 'local'), remote}
}

function remotePort(text: string): number | string {
  if (/^(?=.*[a-z])[a-z0-9-]+$/.test(text)) return text // an IANA service name has a letter
  const port = uint16(text, 'remote')
  if (port === 0) throw new UserError('remote port must be > 0')
  return port
}

function uint16(text: string, side: 'local' | 'remote'): number {
  const why = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : undefined
  if (why === undefined) return Number(text)
  throw new UserError(`error parsing ${side} port '${text}': strconv.ParseUint: parsing "${text}": ${why}`)
}
