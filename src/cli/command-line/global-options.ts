import {CONNECTION_FLAGS, CONNECTION_SWITCHES} from './connection-flags.js'

interface GlobalOption {
  readonly flag: string
  readonly text: string
}

const OWN: readonly GlobalOption[] = [
  {flag: "--context=''", text: 'The context whose namespace a command works in that names none'},
  {flag: '-h, --help=false', text: 'Show what a command is for, its flags and examples'},
  {flag: "-n, --namespace=''", text: 'The namespace to work in'},
]

/** Those that stand in the list of others already, or in no list. */
const LISTED = new Set(['context', 's', 'v'])

/** What `options` prints: the flags every command takes, and those of kubectl that are taken and change nothing. */
export function globalOptionsText(): string {
  const taken = [
    ...[...CONNECTION_FLAGS].filter((name) => !LISTED.has(name)).map((name) => `--${name}=''`),
    ...[...CONNECTION_SWITCHES].map((name) => `--${name}=false`),
    '-v, --v=0',
  ]
  const others = taken.map((flag) => (flag.startsWith('--server=') ? `-s, ${flag}` : flag)).sort((a, b) => (longName(a) < longName(b) ? -1 : 1))
  return [
    'The following options can be passed to any command:',
    ...OWN.map(({flag, text}) => `    ${flag}:\n\t${text}`),
    "These are kubectl's for reaching a cluster. Its verbs take them, so that scripts work as they are, and they change nothing: there is one cluster, the state in TSHIFT_HOME.",
    ...others.map((flag) => `    ${flag}`),
  ].join('\n\n').concat('\n')
}

function longName(flag: string): string {
  return flag.slice(flag.indexOf('--'))
}
