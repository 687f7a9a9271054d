import {TopicCommand} from '../../cli/topic-command.js'

export default class Certificate extends TopicCommand {
  static override summary = 'Say why there are no certificates to approve or deny.'
  static override examples = ['<%= config.bin %> certificate approve --help']
  protected override readonly takesAnyWord = true
}
