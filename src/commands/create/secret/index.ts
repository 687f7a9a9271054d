import {TopicCommand} from '../../../cli/topic-command.js'

export default class CreateSecret extends TopicCommand {
  static override summary = 'Create a Secret of some type.'
  static override examples = ['<%= config.bin %> create secret generic --help']
}
