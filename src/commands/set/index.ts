import {TopicCommand} from '../../cli/topic-command.js'

export default class Set extends TopicCommand {
  static override summary = 'Change something of the pods that objects make.'
  static override examples = ['<%= config.bin %> set image --help']
}
