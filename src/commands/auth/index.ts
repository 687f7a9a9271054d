import {TopicCommand} from '../../cli/topic-command.js'

export default class Auth extends TopicCommand {
  static override summary = 'Ask who you are and what you may do.'
  static override examples = ['<%= config.bin %> auth can-i create pods', '<%= config.bin %> auth whoami']
}
