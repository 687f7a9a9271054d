import {TopicCommand} from '../../../cli/topic-command.js'

export default class CreateService extends TopicCommand {
  static override aliases = ['create:svc']
  static override summary = 'Create a Service of some type.'
  static override examples = ['<%= config.bin %> create service clusterip --help']
}
