import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {systemClock} from '../base/clock.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {readDocuments} from '../cli/documents.js'
import {statusText} from '../cli/failure.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {selectorOf} from '../cli/flags/selector.js'
import {targetFlags} from '../cli/flags/target.js'
import {parseTargets, type Target} from '../cli/targets.js'
import {describeTargets} from '../cli/verbs/describe.js'
import type {Resources} from '../resources/resources.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Describe extends BaseCommand {
  static override summary = 'Show the details of resources, and the events about them.'
  static override description =
    `A name that is not there is taken for the beginning of names: what begins so is described.
The layout is that of kubectl describe; kinds without one of their own show all their fields.`
  static override usage = '<%= command.id %> (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)'
  static override examples = [
    '<%= config.bin %> describe pods',
    '<%= config.bin %> describe service tcp-echo',
    '<%= config.bin %> describe deploy/tcp-echo-v1 -n demo',
    '<%= config.bin %> describe pods tcp-echo-v2',
    '<%= config.bin %> describe virtualservice -l app=tcp-echo',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    'show-events': Flags.boolean({description: 'show the events about each object', default: true, allowNo: true}),
    'chunk-size': Flags.integer({description: 'taken as kubectl takes it; lists are always read as a whole here', default: 500}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Describe)
    const words = argv as string[]
    if (words.length === 0 && flags.filename === undefined) throw nothingAsked()
    const {resources} = await this.session()
    const {filename, 'show-events': showsEvents} = flags
    const options = {namespace: namespaceOf(flags), selector: selectorOf(flags), showsEvents, takesPrefix: words.length === 2, clock: systemClock}
    const named = filename === undefined ? parseTargets(words, await typesInStore(resources)) : undefined
    const targets = named ?? (await fileTargets({...flags, filenames: filename ?? []}, resources))
    const {objects, text, missing} = await describeTargets({...options, targets}, resources)
    this.out(text)
    for (const error of missing) this.say(statusText(error))
    if (missing.length > 0) process.exitCode = 1
    else if (objects.length === 0) this.say(options.namespace === undefined ? 'No resources found' : `No resources found in ${options.namespace} namespace.`)
    return objects
  }
}

interface Files {
  readonly filenames: readonly string[]
  readonly recursive: boolean
  readonly namespace?: string | undefined
}

async function fileTargets(flags: Files, resources: Resources): Promise<readonly Target[]> {
  const targets: Target[] = []
  for await (const document of readDocuments({...flags, namespace: flags.namespace, stdin: process.stdin}, resources)) {
    if (document.type === 'problem') throw document.error
    targets.push({type: document.resource, name: document.object.metadata.name, namespace: document.object.metadata.namespace})
  }
  return targets
}

function nothingAsked(): UserError {
  return new UserError('You must specify the type of resource to describe. Use "tshift api-resources" for a complete list of supported resources.')
}
