import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {systemClock} from '../base/clock.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {amongOthers} from '../cli/failure.js'
import {filenamesOf} from '../cli/flags/filename.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {selectorOf} from '../cli/flags/selector.js'
import {targetFlags} from '../cli/flags/target.js'
import {parseTargets} from '../cli/targets.js'
import {describeTargets} from '../cli/verbs/describe.js'
import {requireClearSelection} from '../cli/verbs/get-arguments.js'
import {targetsOfFiles} from '../cli/verbs/get-files.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Describe extends BaseCommand {
  static override summary = 'Show the details of resources, and the events about them.'
  static override description = `A name that is not there is taken for the beginning of names: what begins so is described.
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
    const filenames = filenamesOf(flags)
    if (words.length === 0 && filenames === undefined) throw nothingAsked()
    requireClearSelection(words, {...flags, filename: filenames})
    const {resources} = await this.session()
    const {recursive, 'show-events': showsEvents} = flags
    const options = {namespace: namespaceOf(flags), selector: selectorOf(flags), showsEvents, takesPrefix: words.length === 2, clock: systemClock}
    const files = filenames === undefined ? undefined : {filenames, recursive, namespace: flags.namespace, stdin: process.stdin}
    const {targets, problems} =
      files === undefined ? {targets: parseTargets(words, await typesInStore(resources)), problems: []} : await targetsOfFiles(files, resources)
    const {objects, text, missing} = await describeTargets({...options, targets}, resources)
    if (missing.length > 0 && words.length === 2 && words[0]?.includes(',') === true) throw new UserError('you may only specify a single resource type')
    this.out(text)
    for (const error of [...problems, ...missing]) this.say(amongOthers(error))
    if (problems.length + missing.length > 0) process.exitCode = 1
    else if (objects.length === 0) this.say(`No resources found${options.namespace === undefined ? '' : ` in ${options.namespace} namespace.`}`)
    return objects
  }
}

function nothingAsked(): UserError {
  return new UserError('You must specify the type of resource to describe. Use "tshift api-resources" for a complete list of supported resources.')
}
