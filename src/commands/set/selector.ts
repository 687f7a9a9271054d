import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {parseSelector} from '../../api/labels.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {parseLabels} from '../../cli/create/parse-labels.js'
import {SetCommand, setFlags} from '../../cli/set/set-command.js'
import {selectAnew} from '../../cli/set/select-anew.js'

export default class SetSelector extends SetCommand {
  static override usage = 'set selector (-f FILE | TYPE NAME) KEY=VALUE[,KEY=VALUE]'
  static override summary = 'Change which pods a Service stands for.'
  static override examples = ['<%= config.bin %> set selector service/tcp-echo app=tcp-echo,version=v1 --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...setFlags,
    'resource-version': Flags.string({description: 'refuse unless the object is still at this version', helpValue: 'VERSION'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(SetSelector)
    const text = argv.at(-1) as string | undefined
    if (text === undefined) throw new UserError('one selector is required')
    const objects = await this.objects(argv.slice(0, -1) as string[], flags)
    const {resources} = await this.session()
    const options = {
      selector: () => parseEqualities(text),
      dryRun: flags['dry-run'],
      fieldManager: flags['field-manager'],
      isLocal: flags.local,
      resourceVersion: flags['resource-version'],
    }
    return this.report(selectAnew(objects, options, resources), flags)
  }
}

/** Throws a UserError for what is more than `KEY=VALUE`s: a Service cannot have it. */
function parseEqualities(text: string): Readonly<Record<string, string>> {
  try {
    parseSelector(text)
  } catch (error) {
    throw error instanceof StatusError ? new UserError(`couldn't parse the selector string ${JSON.stringify(text)}: ${error.message}`) : error
  }
  if (!text.split(',').every((pair) => /^[^=!()<> ]+=[^=!()<> ]*$/.test(pair))) {
    throw new UserError(`match expression ${JSON.stringify(text)} not supported on this object`)
  }
  return parseLabels(text)
}
