import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {fieldManagerFlag} from '../../cli/change-command.js'
import {objectText, singlePrinter} from '../../cli/create/print-object.js'
import {editLastApplied} from '../../cli/edit/edit-last-applied.js'
import {runEditor} from '../../cli/edit/run-editor.js'
import {filenameFlags, filenamesOf} from '../../cli/flags/filename.js'
import {fieldValidationOf, validateFlag} from '../../cli/flags/validate.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'
import {outputFlags} from '../../cli/flags/output.js'
import {NOTHING_NAMED} from '../../cli/verbs/nothing-named.js'
import {selectObjects} from '../../cli/verbs/select-objects.js'

export default class ApplyEditLastApplied extends BaseCommand {
  static override usage = 'apply edit-last-applied (TYPE/NAME | -f FILE)'
  static override summary = 'Edit what resources were last applied from in your editor.'
  static override description = 'Nothing but the annotation kubectl.kubernetes.io/last-applied-configuration changes.'
  static override examples = [
    '<%= config.bin %> apply edit-last-applied vs/tcp-echo',
    '<%= config.bin %> apply edit-last-applied -f examples/tcp-echo/tcp-echo-20-v2.yaml -o json',
  ]
  static override strict = false
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...outputFlags,
    ...validateFlag,
    ...fieldManagerFlag('kubectl-client-side-apply'),
    'windows-line-endings': Flags.boolean({description: 'end lines as Windows does', default: process.platform === 'win32', allowNo: true}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(ApplyEditLastApplied)
    const filename = filenamesOf(flags)
    if (argv.length === 0 && filename === undefined) throw new UserError(NOTHING_NAMED)
    const printer = singlePrinter(flags, false)
    const {resources} = await this.session()
    const objects: KubeObject[] = []
    for await (const object of selectObjects(
      {...flags, filename, words: argv as string[], stdin: process.stdin, 'all-namespaces': false, all: false},
      resources,
    ))
      objects.push(object)
    const edited: KubeObject[] = []
    const options = {
      format: flags.output === 'json' ? ('json' as const) : ('yaml' as const),
      windowsLineEndings: flags['windows-line-endings'],
      fieldManager: flags['field-manager'],
      fieldValidation: fieldValidationOf(flags),
    }
    await editLastApplied(objects, options, {
      resources,
      launch: (file) => runEditor(file),
      say: (text) => this.say(text),
      done: (operation, object) => {
        edited.push(object)
        this.out(objectText(object, {printer, dryRun: 'none', operation}))
      },
    })
    return edited
  }
}
