import {FileVerbCommand, type FileVerbOptions} from '../../cli/file-verb-command.js'
import {createFiles} from '../../cli/verbs/create.js'
import type {Outcome} from '../../cli/verbs/outcome.js'
import type {Resources} from '../../resources/resources.js'

export default class Create extends FileVerbCommand {
  static override summary = 'Create resources from files; what exists already is refused.'
  static override examples = ['<%= config.bin %> create -f examples/tcp-echo/tcp-echo-services.yaml', '<%= config.bin %> create namespace demo']
  static override flags = FileVerbCommand.flags

  protected carryOut(options: FileVerbOptions, resources: Resources): AsyncIterable<Outcome> {
    return createFiles(options, resources)
  }
}
