import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {printOutcomes} from '../cli/print-outcomes.js'
import {dryRunFlag} from '../cli/flags/dry-run.js'
import {filenameFlags} from '../cli/flags/filename.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {validateFlag, fieldValidationOf} from '../cli/flags/validate.js'
import {requireFilenames} from '../cli/require-filenames.js'
import {applyFiles} from '../cli/verbs/apply.js'
import type {KubeObject} from '../api/object.js'

export default class Apply extends BaseCommand {
  static override summary = 'Create or change resources so that they are what the files say.'
  static override description =
    'Compares each document with the live object and with what was applied before (kubectl\'s three-way merge), so that fields which others set stay. ' +
    'A document that is refused is reported; the others are applied all the same.'
  static override examples = [
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-services.yaml',
    '<%= config.bin %> apply -f examples/tcp-echo -n demo',
    'cat route.yaml | <%= config.bin %> apply -f -',
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-20-v2.yaml --dry-run=server',
  ]

  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...dryRunFlag,
    ...validateFlag,
    output: Flags.option({char: 'o', options: ['name', 'yaml', 'json'] as const, description: 'print the objects instead of a line each'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(Apply)
    const session = await this.session()
    const outcomes = applyFiles(
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
