/** What our `nc` is asked to do. */
export interface NcOptions {
  readonly host: string
  readonly port: number
  /** -w: gives up connecting, and ends an idle connection, after so long. */
  readonly timeoutMs?: number
  /** -q: ends so long after the end of stdin, even if the other side has not. */
  readonly quitMs?: number
  /** -z: only see whether it connects. */
  readonly scan: boolean
  /** -v */
  readonly verbose: boolean
  /** -s: the address to connect from, such as a pod's: sidecars tell their clients apart by it. */
  readonly source?: string
  /** -4 or -6 */
  readonly family: 0 | 4 | 6
}

export type NcArguments = {readonly type: 'run'; readonly options: NcOptions} | {readonly type: 'refused'; readonly message: string}

const USAGE = 'usage: nc [-46Nnvz] [-q seconds] [-s source] [-w timeout] destination port'

/**
 * Parses the options of OpenBSD's nc that a TCP client needs, bundled or not. -N (half-close at the end of stdin) is always on, as in busybox and
 * macOS, since without it the tutorials' loops would hang; -n changes nothing. Everything else is refused by name.
 */
export function parseNcArguments(argv: readonly string[]): NcArguments {
  const flags = new Map<string, string>()
  const words: string[] = []
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (word === '--') {
      words.push(...argv.slice(index + 1))
      break
    }
    if (!/^-./.test(word)) {
      words.push(word)
      continue
    }
    const taken = readFlags(word.slice(1), argv[index + 1], flags)
    if (typeof taken === 'string') return {type: 'refused', message: taken}
    index += taken
  }
  return fromParts(flags, words)
}

/** Reads one bundle of flags into `flags`. Returns how many further words it took, or why it is refused. */
function readFlags(bundle: string, next: string | undefined, flags: Map<string, string>): number | string {
  for (const [at, letter] of [...bundle].entries()) {
    if ('46Nnvz'.includes(letter)) {
      flags.set(letter, '')
      continue
    }
    if (!'qsw'.includes(letter)) return unsupported(letter)
    const attached = bundle.slice(at + 1)
    const value = attached === '' ? next : attached
    if (value === undefined) return `option requires an argument -- '${letter}'\n${USAGE}`
    flags.set(letter, value)
    return attached === '' ? 1 : 0
  }
  return 0
}

function unsupported(letter: string): string {
  if (letter === 'l') return `listening (-l) is not supported by tshift's nc; install netcat for that\n${USAGE}`
  if (letter === 'u') return `UDP (-u) is not supported by tshift's nc; install netcat for that\n${USAGE}`
  return `invalid option -- '${letter}'\n${USAGE}`
}

function fromParts(flags: ReadonlyMap<string, string>, words: readonly string[]): NcArguments {
  const [host, port, ...rest] = words
  const refused = (message: string): NcArguments => ({type: 'refused', message})
  if (host === undefined || rest.length > 0) return refused(USAGE)
  if (port === undefined) return refused('missing port number')
  if (!/^\d+$/.test(port)) return refused(`port number invalid: ${port}`)
  if (Number(port) > 65535) return refused(`port number too large: ${port}`)
  if (Number(port) === 0) return refused(`port number too small: ${port}`)

  const source = flags.get('s')
  const seconds = (letter: string) => Number(flags.get(letter))
  if (flags.has('w') && !(seconds('w') >= 0)) return refused(`timeout invalid: ${flags.get('w')}`)
  if (flags.has('q') && Number.isNaN(seconds('q'))) return refused(`quit timer invalid: ${flags.get('q')}`)
  return {
    type: 'run',
    options: {
      host,
      port: Number(port),
      ...(seconds('w') > 0 ? {timeoutMs: seconds('w') * 1000} : {}),
      ...(seconds('q') >= 0 ? {quitMs: seconds('q') * 1000} : {}), // negative: wait for ever, which is the default
      scan: flags.has('z'),
      verbose: flags.has('v'),
      ...(source === undefined ? {} : {source}),
      family: flags.has('4') ? 4 : flags.has('6') ? 6 : 0,
    },
  }
}
