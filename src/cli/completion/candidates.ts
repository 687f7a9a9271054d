import type {ResourceType} from '../../api/resource-type.js'
import {findResource} from '../../api/registry.js'
import {findFlag, readCommandLine, type CommandLine, type KnownCommand, type KnownFlag} from './command-line.js'

/** Bits that tell the shell what to do with the candidates. Source: cobra `ShellCompDirective`. */
const DIRECTIVE = {files: 0, noSpace: 2, noFiles: 4} as const

export interface Candidate {
  readonly text: string
  readonly description?: string | undefined
}

export interface Completion {
  readonly candidates: readonly Candidate[]
  readonly directive: number
}

/** What is looked up where it is wanted; all of them may answer with nothing, none throws. */
export interface Lookups {
  readonly types: () => Promise<readonly ResourceType[]>
  readonly names: (type: ResourceType, namespace: string | undefined) => Promise<readonly string[]>
  readonly containers: (pod: string, namespace: string | undefined) => Promise<readonly string[]>
  readonly contexts: () => readonly string[]
}

const FORMATS = ['json', 'yaml', 'kyaml', 'name', 'go-template', 'go-template-file', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file']
const TABLE_FORMATS = [...FORMATS, 'custom-columns', 'custom-columns-file', 'wide']
const PODS = new Set(['logs', 'exec', 'attach', 'port-forward'])
const CONTEXTS = new Set(['config:use-context', 'config:set-context', 'config:delete-context', 'config:rename-context'])
/** Verbs that take `TYPE NAME`, and the types that they are good for where these are few. */
const TYPED: Readonly<Record<string, readonly string[] | undefined>> = {
  annotate: undefined,
  'apply:edit-last-applied': undefined,
  'apply:view-last-applied': undefined,
  delete: undefined,
  describe: undefined,
  edit: undefined,
  explain: undefined,
  expose: ['deployments', 'pods', 'replicasets', 'services'],
  get: undefined,
  label: undefined,
  patch: undefined,
  wait: undefined,
  autoscale: ['deployments', 'replicasets', 'statefulsets'],
  scale: ['deployments', 'replicasets', 'statefulsets'],
  'rollout:history': ['deployments', 'daemonsets', 'statefulsets'],
  'rollout:pause': ['deployments'],
  'rollout:restart': ['deployments', 'daemonsets', 'statefulsets'],
  'rollout:resume': ['deployments'],
  'rollout:status': ['deployments', 'daemonsets', 'statefulsets'],
  'rollout:undo': ['deployments', 'daemonsets', 'statefulsets'],
  'set:env': ['deployments', 'pods', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'],
  'set:image': ['deployments', 'pods', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'],
  'set:resources': ['deployments', 'pods', 'replicasets', 'statefulsets', 'daemonsets'],
  'set:selector': ['services'],
  'set:subject': ['clusterrolebindings', 'rolebindings'],
  'set:serviceaccount': ['deployments', 'pods', 'replicasets', 'statefulsets', 'daemonsets'],
}
/** Verbs of one kind, with its plural. */
const OF_KIND: Readonly<Record<string, string>> = {
  shift: 'virtualservices',
  plan: 'virtualservices',
  'create:token': 'serviceaccounts',
  'top:node': 'nodes',
  'top:pod': 'pods',
}

/** What the last of the words may become; the words before it are the line so far, without the program's name. */
export async function complete(words: readonly string[], commands: readonly KnownCommand[], lookups: Lookups): Promise<Completion> {
  const shown = commands.filter(({hidden}) => !hidden)
  const word = words.at(-1) ?? ''
  const line = readCommandLine(words.slice(0, -1), shown)
  if (line.isOver) return {candidates: [], directive: DIRECTIVE.files}
  if (line.pending !== undefined) return flagValues(line.pending, word, line, lookups)
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  const flag = at === -1 ? undefined : findFlag(word.slice(0, at), line.command?.flags ?? [])
  if (flag !== undefined) return flagValues(flag, word.slice(at + 1), line, lookups)
  if (word.startsWith('-')) return {candidates: flagsLike(word, line), directive: DIRECTIVE.noFiles}
  const below = line.words.length === 0 ? subcommands(line.id, word, shown) : []
  if (below.length > 0) return {candidates: below, directive: DIRECTIVE.noFiles}
  return argumentsOf(word, line, lookups)
}

/** The next words of commands that begin with `id`. */
function subcommands(id: string, word: string, commands: readonly KnownCommand[]): readonly Candidate[] {
  const prefix = id === '' ? '' : `${id}:`
  const found = new Map<string, string | undefined>()
  for (const command of commands) {
    if (!command.id.startsWith(prefix) || command.id === id) continue
    const [next = '', ...rest] = command.id.slice(prefix.length).split(':')
    if (next.startsWith(word) && (rest.length === 0 || !found.has(next))) found.set(next, rest.length === 0 ? command.summary : found.get(next))
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, description]) => ({text, description}))
}

function flagsLike(word: string, {command, values}: CommandLine): readonly Candidate[] {
  const flags = (command?.flags ?? []).filter(({name, hidden, type}) => hidden !== true && (type === 'option' || values[name] === undefined))
  const all = flags.flatMap(({name, char, description}) => [{text: `--${name}`, description}, ...(char === undefined ? [] : [{text: `-${char}`, description}])])
  return [...all, {text: '--help', description: 'show help'}].filter(({text}) => text.startsWith(word))
}

async function flagValues(flag: KnownFlag, word: string, line: CommandLine, lookups: Lookups): Promise<Completion> {
  const only = (texts: readonly string[]) => ({candidates: like(texts, word), directive: DIRECTIVE.noFiles})
  if (flag.type === 'boolean') return only(['true', 'false'])
  if (flag.options !== undefined) return only(flag.options)
  switch (flag.name) {
    case 'namespace':
      return only(await namesOf('namespaces', undefined, lookups))
    case 'output':
      return only(line.command?.flags.some(({name}) => name === 'no-headers') === true ? TABLE_FORMATS : FORMATS)
    case 'dry-run':
      return only(['none', 'client', 'server'])
    case 'context':
      return only(lookups.contexts())
    case 'container':
    case 'containers':
      return only(line.words[0] === undefined ? [] : await lookups.containers(line.words[0].replace(/^pods?\//, ''), line.values['namespace']))
    case 'filename':
    case 'kustomize':
    case 'from-file':
    case 'from-env-file':
      return {candidates: [], directive: DIRECTIVE.files}
    default:
      // any other value may as well be a file
      return {candidates: [], directive: DIRECTIVE.files}
  }
}

async function argumentsOf(word: string, line: CommandLine, lookups: Lookups): Promise<Completion> {
  const none = {candidates: [], directive: DIRECTIVE.noFiles}
  const id = line.command?.id ?? ''
  const namespace = line.values['namespace']
  if (CONTEXTS.has(id)) return line.words.length > 0 ? none : {...none, candidates: like(lookups.contexts(), word)}
  if (PODS.has(id) && !word.includes('/')) return line.words.length > 0 ? none : {...none, candidates: like(await namesOf('pods', namespace, lookups), word)}
  if (id in OF_KIND) return line.words.length > 0 ? none : {...none, candidates: like(await namesOf(OF_KIND[id] ?? '', namespace, lookups), word)}
  if (id in TYPED || PODS.has(id)) return typesAndNames(word, {...line, id}, lookups)
  return line.command === undefined ? none : {candidates: [], directive: DIRECTIVE.files}
}

async function typesAndNames(word: string, {id, words, values}: CommandLine, lookups: Lookups): Promise<Completion> {
  const types = await lookups.types()
  const namespace = values['namespace']
  const slash = word.indexOf('/')
  if (slash !== -1) {
    const names = await namesOfType(findResource(word.slice(0, slash), types), namespace, lookups)
    return {candidates: like(names.map((name) => `${word.slice(0, slash)}/${name}`), word), directive: DIRECTIVE.noFiles}
  }
  const [first] = words
  if (first === undefined) return {candidates: typeNames(word, types, TYPED[id]), directive: DIRECTIVE.noFiles}
  if (first.includes('/')) return {candidates: [], directive: DIRECTIVE.noFiles}
  const given = new Set(words.slice(1))
  const names = await namesOfType(findResource(first, types), namespace, lookups)
  return {candidates: like(names.filter((name) => !given.has(name)), word), directive: DIRECTIVE.noFiles}
}

/** Plurals, with their group where they have one, as kubectl completes them; behind a comma the last of several. */
function typeNames(word: string, types: readonly ResourceType[], among: readonly string[] | undefined): readonly Candidate[] {
  const comma = word.lastIndexOf(',') + 1
  const texts = types.filter(({plural}) => among?.includes(plural) ?? true).map(({plural, group}) => (group === '' ? plural : `${plural}.${group}`))
  return like([...new Set(texts)], word.slice(comma)).map(({text}) => ({text: word.slice(0, comma) + text}))
}

async function namesOf(plural: string, namespace: string | undefined, lookups: Lookups): Promise<readonly string[]> {
  return namesOfType(findResource(plural), namespace, lookups)
}

async function namesOfType(type: ResourceType | undefined, namespace: string | undefined, lookups: Lookups): Promise<readonly string[]> {
  return type === undefined ? [] : lookups.names(type, namespace)
}

function like(texts: readonly string[], word: string): readonly Candidate[] {
  return texts.filter((text) => text.startsWith(word)).map((text) => ({text}))
}
