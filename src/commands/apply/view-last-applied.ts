import {Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {filenamesOf} from '../../cli/flags/filename.js'
import {allFlag, targetFlags} from '../../cli/flags/target.js'
import {NOTHING_NAMED} from '../../cli/verbs/nothing-named.js'
import {selectObjects} from '../../cli/verbs/select-objects.js'
import {formatJson} from '../../output/json.js'
import {formatYaml} from '../../output/yaml.js'
import {lastApplied} from '../../resources/last-applied.js'

export default class ApplyViewLastApplied extends BaseCommand {
  static override summary = 'Show the file that a resource was last applied from.'
  static override description = 'It is what apply remembers in the annotation kubectl.kubernetes.io/last-applied-configuration.'
  static override examples = [
    '<%= config.bin %> apply view-last-applied vs/tcp-echo',
    '<%= config.bin %> apply view-last-applied -f examples/tcp-echo/tcp-echo-20-v2.yaml -o json',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    ...allFlag,
    output: Flags.string({char: 'o', description: 'yaml or json', default: 'yaml', helpValue: 'FORMAT'}),
  }

  async run(): Promise<readonly Json[]> {
    const {flags, argv} = await this.parse(ApplyViewLastApplied)
    const {output} = flags
    if (output !== 'yaml' && output !== 'json') {
      throw new UserError(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`, {
        hint: "See 'tshift apply view-last-applied -h' for help and examples",
      })
    }
    if (argv.length === 0 && filenamesOf(flags) === undefined) throw new UserError(NOTHING_NAMED)
    const {resources} = await this.session()
    const shown: Json[] = []
    for await (const object of selectObjects({...flags, words: argv as string[], stdin: process.stdin}, resources)) {
      const file = lastApplied(object)
      if (file === undefined) continue // kubectl wraps its refusal into an error that is none: nothing is said, exit code 0
      this.out(output === 'json' ? formatJson(file, '  ') : formatYaml(file))
      shown.push(file)
    }
    return shown
  }
}
