import {TopicCommand} from '../../cli/topic-command.js'

export default class Rollout extends TopicCommand {
  static override summary = 'Roll Deployments, StatefulSets and DaemonSets out: status, restart, pause, resume, undo and history.'
  static override examples = ['<%= config.bin %> rollout status deployment/tcp-echo-v1', '<%= config.bin %> rollout undo deployment/tcp-echo-v1']
}
