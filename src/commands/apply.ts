import {FileVerbCommand, type FileVerbOptions} from '../cli/file-verb-command.js'
import {applyFiles} from '../cli/verbs/apply.js'
import type {Outcome} from '../cli/verbs/outcome.js'
import type {Resources} from '../resources/resources.js'

export default class Apply extends FileVerbCommand {
  static override summary = 'Create or change resources so that they are what the files say.'
  static override description =
    "Compares each document with the live object and with what was applied before (kubectl's three-way merge), so that fields which others set stay. " +
    'A document that is refused is reported; the others are applied all the same.'
  static override examples = [
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-services.yaml',
    '<%= config.bin %> apply -f examples/tcp-echo -n demo',
    'cat route.yaml | <%= config.bin %> apply -f -',
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-20-v2.yaml --dry-run=server',
  ]
  static override flags = FileVerbCommand.flags

  protected carryOut(options: FileVerbOptions, resources: Resources): AsyncIterable<Outcome> {
    return applyFiles(options, resources)
  }
}
