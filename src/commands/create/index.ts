import type {KubeObject} from '../../api/object.js'
import {createFiles} from '../../cli/create/create-files.js'
import {GenerateCommand, generateFlags, type GenerateFlags} from '../../cli/create/generate-command.js'
import {objectText, singlePrinter} from '../../cli/create/print-object.js'
import {succeeding} from '../../cli/failed.js'
import {filenameFlags, filenamesOf} from '../../cli/flags/filename.js'
import {fieldValidationOf} from '../../cli/flags/validate.js'
import {requireFilenames} from '../../cli/command-line/require-filenames.js'
import type {Outcome} from '../../cli/verbs/outcome.js'

export default class Create extends GenerateCommand {
  static override usage = ['create -f FILE', 'create KIND NAME']
  static override summary = 'Create resources from files; what exists already is refused.'
  static override examples = [
    '<%= config.bin %> create -f examples/tcp-echo/tcp-echo-services.yaml',
    'cat route.yaml | <%= config.bin %> create -f - --dry-run=server',
    '<%= config.bin %> create namespace demo',
  ]
  static override strict = false
  static override flags = {...filenameFlags, ...generateFlags}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Create)
    if (argv.length > 0) throw this.usageError(`Unexpected args: [${argv.join(' ')}]`)
    const filenames = requireFilenames(filenamesOf(flags))
    const session = await this.session()
    const options = {
      filenames,
      recursive: flags.recursive,
      stdin: process.stdin,
      namespace: flags.namespace,
      dryRun: flags['dry-run'],
      fieldValidation: fieldValidationOf(flags),
      fieldManager: flags['field-manager'],
      savesConfig: flags['save-config'],
    }
    const created = await this.print(createFiles(options, session.resources), flags)
    await session.settle()
    return created
  }

  /** One after the other, as each is done. */
  private async print(outcomes: AsyncIterable<Outcome>, flags: GenerateFlags): Promise<readonly KubeObject[]> {
    const created: KubeObject[] = []
    const printer = singlePrinter(flags, false)
    for await (const outcome of succeeding(outcomes, (text) => this.say(text))) {
      for (const warning of outcome.warnings) this.say(`Warning: ${warning}`)
      this.out(objectText(outcome.object, {printer, dryRun: flags['dry-run'], operation: outcome.operation}))
      created.push(outcome.object)
    }
    return created
  }
}
