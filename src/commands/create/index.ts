import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {dryRunFlag} from '../../cli/flags/dry-run.js'
import {filenameFlags} from '../../cli/flags/filename.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'
import {fieldValidationOf, validateFlag} from '../../cli/flags/validate.js'
import {printOutcomes} from '../../cli/print-outcomes.js'
import {requireFilenames} from '../../cli/require-filenames.js'
import {createFiles} from '../../cli/verbs/create.js'
import type {KubeObject} from '../../api/object.js'

export default class Create extends BaseCommand {
  static override summary = 'Create resources from files; what exists already is refused.'
  static override examples = ['<%= config.bin %> create -f examples/tcp-echo/tcp-echo-services.yaml', '<%= config.bin %> create namespace demo']

  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...dryRunFlag,
    ...validateFlag,
    output: Flags.option({char: 'o', options: ['name', 'yaml', 'json'] as const, description: 'print the objects instead of a line each'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(Create)
    const session = await this.session()
    const outcomes = createFiles(
      {
        filenames: requireFilenames(flags.filename),
        recursive: flags.recursive,
        stdin: process.stdin,
        namespace: flags.namespace,
        dryRun: flags['dry-run'],
        fieldValidation: fieldValidationOf(flags),
      },
      session.resources,
    )
    const objects = await printOutcomes(outcomes, {output: flags.output, dryRun: flags['dry-run'], out: (text) => this.out(text), say: (text) => this.say(text)})
    await session.settle()
    return objects
  }
}
