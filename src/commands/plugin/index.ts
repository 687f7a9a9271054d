import {TopicCommand} from '../../cli/topic-command.js'

export default class Plugin extends TopicCommand {
  static override summary = 'Say why there are no plugins.'
  static override examples = ['<%= config.bin %> plugin list']
}
