import {UserError} from '../../base/user-error.js'

/** A pair of `[LOCAL:]REMOTE`. Local 0 is any free port; remote may be a port's name. */
export interface PortPair {
  readonly local: number
  readonly remote: number | string
}

/** `8080`, `15000:9000`, `:9000`, `8080:tcp`. Throws a UserError in kubectl's words. */
export function parsePortPair(text: string): PortPair {
  const [first = '', second, ...rest] = text.split(':')
  if (rest.length > 0) throw invalid(text, text)
  const remote = toPort(second ?? first)
  if (second === undefined) return typeof remote === 'number' ? {local: remote, remote} : fail(text)
  const local = first === '' ? 0 : Number(first)
  if (!Number.isInteger(local) || local < 0 || local > 65_535) throw invalid(first, text)
  return {local, remote}
}

function toPort(text: string): number | string {
  if (!/^\d+$/.test(text)) return text === '' ? fail(text) : text
  const port = Number(text)
  return port >= 1 && port <= 65_535 ? port : fail(text)
}

function fail(text: string): never {
  throw invalid(text, text)
}

function invalid(text: string, whole: string): UserError {
  return new UserError(`invalid port "${text}" in "${whole}"`, {hint: 'write LOCAL:REMOTE or one port for both, e.g. 15000:9000', exitCode: 1})
}
