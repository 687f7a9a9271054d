import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {objectText, singlePrinter} from '../cli/create/print-object.js'
import {editObjects} from '../cli/edit/edit-objects.js'
import {runEditor} from '../cli/edit/run-editor.js'
import {filenameFlags, filenamesOf} from '../cli/flags/filename.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {outputFlags} from '../cli/flags/output.js'
import {selectorFlag} from '../cli/flags/selector.js'
import {fieldValidationOf, validateFlag} from '../cli/flags/validate.js'
import {NOTHING_NAMED} from '../cli/verbs/nothing-named.js'
import {selectObjects} from '../cli/verbs/select-objects.js'

export default class Edit extends BaseCommand {
  static override usage = 'edit (TYPE/NAME | -f FILE)'
  static override summary = 'Edit resources in your editor.'
  static override description =
    'Opens the objects as YAML in the editor that KUBE_EDITOR or EDITOR names (vi otherwise) and stores what you changed. ' +
    'What is refused is opened again, with the reason on top; what cannot be stored stays in a file whose name is told.'
  static override examples = [
    '<%= config.bin %> edit virtualservice tcp-echo',
    "KUBE_EDITOR='code --wait' <%= config.bin %> edit svc/tcp-echo -o json",
    "KUBE_EDITOR='sed -i s/replicas:.1/replicas:\\ 2/' <%= config.bin %> edit deploy/tcp-echo-v1",
  ]
  static override strict = false
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...selectorFlag,
    ...outputFlags,
    ...validateFlag,
    ...fieldManagerFlag('kubectl-edit'),
    'output-patch': Flags.boolean({description: 'print the patch that stores the edit', default: false}),
    'save-config': Flags.boolean({description: 'keep the object in the annotation that apply compares with', default: false}),
    'windows-line-endings': Flags.boolean({description: 'end lines as Windows does', default: process.platform === 'win32', allowNo: true}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Edit)
    const filename = filenamesOf(flags)
    if (argv.length === 0 && filename === undefined) throw new UserError(NOTHING_NAMED)
    const printer = singlePrinter(flags, false)
    const session = await this.session()
    const selection = {...flags, filename, words: argv as string[], stdin: process.stdin, 'all-namespaces': false, all: flags.selector !== undefined}
    const objects: KubeObject[] = []
    for await (const object of selectObjects(selection, session.resources)) objects.push(object)
    if (objects.length === 0) throw new UserError('edit cancelled, no objects found')
    const written: KubeObject[] = []
    const options = {
      format: flags.output === 'json' ? ('json' as const) : ('yaml' as const),
      windowsLineEndings: flags['windows-line-endings'],
      savesConfig: flags['save-config'],
      fieldManager: flags['field-manager'],
      fieldValidation: fieldValidationOf(flags),
      managedFields: flags['show-managed-fields'],
    }
    const isFine = await editObjects(objects, options, {
      resources: session.resources,
      launch: (file) => runEditor(file),
      say: (text) => this.say(text),
      done: (operation, object, patch) => {
        written.push(object)
        if (flags['output-patch'] && patch !== '') this.out(`Patch: ${patch}\n`)
        this.out(objectText(object, {printer, dryRun: 'none', operation}))
      },
    })
    await session.settle()
    if (!isFine) process.exitCode = 1
    return written
  }
}
