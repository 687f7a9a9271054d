import {flush, handle, run, type Command, type Config, type Interfaces} from '@oclif/core'
import {normalizeArgv} from './command-line/argv.js'
import {endWhereUnwritable} from './unwritable.js'

/** What the build knows of the command line. */
export interface Bundle {
  /** Where package.json is. */
  readonly root: string
  readonly packageJson: {readonly name: string; readonly version: string; readonly oclif: Oclif}
  /** By id, `gateway:start`. */
  readonly commands: Readonly<Record<string, BundledCommand>>
}

/** As much of package.json's `oclif` as is read here. */
interface Oclif {
  readonly hooks?: Readonly<Record<string, object>>
  readonly topics?: Readonly<Record<string, object>>
}

interface BundledCommand {
  /** What oclif's manifest says of it, as JSON. */
  readonly cached: string
  load(): Promise<{readonly default: Command.Class}>
}

/**
 * Runs the command line from a bundle. oclif would look for the package and its plugins and read the manifest from disk; here it is handed one plugin
 * that knows its commands already.
 */
export async function main(bundle: Bundle, words: readonly string[]): Promise<void> {
  endWhereUnwritable(process.stdout, (text) => process.stderr.write(text), process.exit)
  const argv = normalizeArgv(words)
  const plugin = pluginOf(bundle, idsToKnow(Object.keys(bundle.commands), argv))
  const options = {root: bundle.root, pjson: bundle.packageJson, plugins: new Map([[plugin.name, plugin]]), logger: SILENT}
  process.env.TSHIFT_DISABLE_THEME ??= '1' // oclif would look for one at every start
  try {
    await run(argv, options as unknown as Config)
    await flush()
  } catch (error) {
    await handle(error as Error)
  }
}

const silence = (): void => undefined

/** In the place of oclif's own log, which is for those who develop it and takes 2 ms to load; `bin/dev.js` has it. */
const SILENT: Interfaces.Logger = {child: () => SILENT, debug: silence, error: silence, info: silence, namespace: 'tshift', trace: silence, warn: silence}

/** Commands that ask for others. */
const CURIOUS: readonly string[] = ['__complete', 'run']

/**
 * The commands that oclif has to know of to run `words`: one, where they begin with its full name (`apply` and then a flag). Help, aliases, and names that
 * continue or are nobody's concern them all, which takes 3 ms more.
 */
export function idsToKnow(ids: readonly string[], words: readonly string[]): readonly string[] {
  if (words.includes('--help') || words.includes('-h')) return ids
  const id = words.map((_, index) => words.slice(0, index + 1).join(':')).findLast((name) => ids.includes(name))
  if (id === undefined || CURIOUS.includes(id)) return ids
  const isContinued = ids.some((other) => other.startsWith(`${id}:`)) && words[id.split(':').length]?.startsWith('-') !== true
  return isContinued ? ids : [id]
}

/** As much of oclif's Plugin as running, helping and completing ask for. */
function pluginOf({root, packageJson, commands}: Bundle, ids: readonly string[]) {
  const classOf = async (id: string): Promise<Command.Class> => {
    const command = (await commands[id]?.load())?.default
    if (command === undefined) throw new Error(`the bundle has no command ${id}`)
    return Object.assign(command, {id, plugin})
  }
  const cached = ids.flatMap((id) => commands[id] ?? []).map((command) => JSON.parse(command.cached) as Command.Cached)
  const {hooks = {}, topics = {}} = packageJson.oclif
  const plugin = {
    name: packageJson.name,
    alias: packageJson.name,
    root,
    pjson: packageJson,
    version: packageJson.version,
    type: 'core',
    moduleType: 'module',
    isRoot: true,
    options: {isRoot: true, root},
    hasManifest: true,
    valid: true,
    hooks: Object.fromEntries(Object.entries(hooks).map(([name, hook]) => [name, [hook]])),
    topics: Object.entries(topics).map(([name, topic]) => ({name, ...topic})),
    children: [],
    commandIDs: ids,
    commands: cached.map((command) => ({...command, load: () => classOf(command.id)})),
    load: async () => undefined,
    findCommand: classOf,
  }
  return plugin
}
