import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {namespaceOf} from '../../cli/flags/namespace.js'
import {repeatable, repeatableList} from '../../cli/flags/repeatable.js'
import {containerPattern} from '../../cli/set/container-pattern.js'
import {envChange, isVariableChange, parseVariableChange, type VariableChange} from '../../cli/set/env-change.js'
import {variablesFrom} from '../../cli/set/env-from.js'
import {listEnv, resolverOf} from '../../cli/set/list-env.js'
import {containersOf, podSpecOf} from '../../cli/set/pod-spec.js'
import type {PodChange} from '../../cli/set/change-pods.js'
import {SetCommand, setFlags, type SetFlags} from '../../cli/set/set-command.js'
import {splitWords} from '../../cli/set/split-words.js'
import {typeInStore} from '../../resources/types-in-store.js'

const NOTHING_NAMED = 'one or more resources must be specified as <resource> <name> or <resource>/<name>'

interface EnvFlags extends SetFlags {
  readonly env?: readonly string[] | undefined
  readonly from?: string | undefined
  readonly keys?: readonly string[] | undefined
  readonly prefix: string
  readonly containers: string
  readonly resolve: boolean
}

export default class SetEnv extends SetCommand {
  static override usage = 'set env (-f FILE | TYPE NAME) KEY=VALUE… KEY-…'
  static override summary = 'Set, remove or list variables of containers.'
  static override examples = [
    '<%= config.bin %> set env deployment/tcp-echo-v1 LEVEL=debug TRACE-',
    '<%= config.bin %> set env deployment/tcp-echo-v1 --list',
    '<%= config.bin %> set env deployment/tcp-echo-v1 --from=configmap/settings --prefix=APP_',
  ]
  static override strict = false
  static override flags = {
    ...setFlags,
    containers: Flags.string({char: 'c', description: 'containers that are meant; * stands for anything', default: '*', helpValue: 'NAME'}),
    env: Flags.string({char: 'e', description: 'a variable (repeatable); - reads them from standard input', helpValue: 'KEY=VALUE', ...repeatable}),
    from: Flags.string({description: 'take variables from the keys of a ConfigMap or Secret', helpValue: 'configmap/NAME'}),
    keys: Flags.string({description: 'only these keys, with --from', helpValue: 'KEY,…', ...repeatableList}),
    prefix: Flags.string({description: 'what goes before their names, with --from', default: '', helpValue: 'PREFIX'}),
    list: Flags.boolean({description: 'show the variables as they are, or would be', default: false}),
    resolve: Flags.boolean({description: 'show what references are worth, with --list', default: false}),
    overwrite: Flags.boolean({description: 'change variables that are there', default: true, allowNo: true}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(SetEnv)
    const {targets, changes} = splitWords(argv as string[], isVariableChange, 'environment')
    const objects = await this.objects(targets, flags, NOTHING_NAMED)
    if (flags.list && (flags.output ?? '') !== '') throw new UserError('--list and --output may not be specified together')
    if (flags.keys !== undefined && flags.from === undefined) throw new UserError('when specifying --keys, a configmap or secret must be provided with --from')
    const change = envChange(await this.wanted(changes, flags), {containers: flags.containers, overwrite: flags.overwrite})
    return flags.list ? this.list(objects, change, flags) : this.change(objects, change, flags)
  }

  private async wanted(words: readonly string[], flags: EnvFlags): Promise<VariableChange> {
    const given = (flags.env ?? []).filter((word) => word !== '-')
    const piped = given.length === (flags.env ?? []).length ? [] : await readLines(process.stdin)
    const {set, remove} = parseVariableChange([...words, ...given, ...piped])
    if (flags.from === undefined) return {set, remove}
    const {keys = [], from, prefix} = flags
    const {variables, warnings} = await variablesFrom({from, keys, prefix, namespace: namespaceOf(flags) ?? ''}, (await this.session()).resources)
    for (const warning of warnings) this.say(`Warning: ${warning}`)
    return {set: [...set, ...variables], remove}
  }

  private async list(objects: readonly KubeObject[], change: PodChange, flags: EnvFlags): Promise<readonly KubeObject[]> {
    const {resources} = await this.session()
    const listed: KubeObject[] = []
    const isMeant = containerPattern(flags.containers)
    for (const object of objects) {
      const type = await typeInStore(resources, object)
      const {spec} = change.apply(podSpecOf(object, type), object)
      const resolve = flags.resolve ? resolverOf(resources, object.metadata.namespace ?? namespaceOf(flags) ?? '') : undefined
      this.out(await listEnv(object, containersOf(spec).filter(({name}) => isMeant(name)), resolve))
      listed.push(object)
    }
    return listed
  }
}

async function readLines(stream: AsyncIterable<Buffer | string>): Promise<readonly string[]> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as string))
  return Buffer.concat(chunks).toString('utf8').split('\n').filter((line) => line !== '')
}
