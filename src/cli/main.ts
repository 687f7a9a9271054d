import {flush, handle, run, type Command, type Config} from '@oclif/core'
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
  const plugin = pluginOf(bundle)
  const options = {root: bundle.root, pjson: bundle.packageJson, plugins: new Map([[plugin.name, plugin]])}
  try {
    await run(normalizeArgv(words), options as unknown as Config)
    await flush()
  } catch (error) {
    await handle(error as Error)
  }
}

/** As much of oclif's Plugin as running, helping and completing ask for. */
function pluginOf({root, packageJson, commands}: Bundle) {
  const classOf = async (id: string): Promise<Command.Class> => {
    const command = (await commands[id]?.load())?.default
    if (command === undefined) throw new Error(`the bundle has no command ${id}`)
    return Object.assign(command, {id, plugin})
  }
  const cached = Object.values(commands).map((command) => JSON.parse(command.cached) as Command.Cached)
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
    commandIDs: Object.keys(commands),
    commands: cached.map((command) => ({...command, load: () => classOf(command.id)})),
    load: async () => undefined,
    findCommand: classOf,
  }
  return plugin
}
