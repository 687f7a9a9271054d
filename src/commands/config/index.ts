import {TopicCommand} from '../../cli/topic-command.js'

export default class Config extends TopicCommand {
  static override summary = 'Show and change contexts: which cluster, which namespace.'
  static override examples = ['<%= config.bin %> config view', '<%= config.bin %> config set-context --current --namespace=demo']
}
