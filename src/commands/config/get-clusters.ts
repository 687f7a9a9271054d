import {BaseCommand} from '../../cli/base-command.js'
import {CLUSTER} from '../../cli/context/contexts.js'

export default class ConfigGetClusters extends BaseCommand {
  static override summary = 'List the clusters: the one of this home.'
  static override examples = ['<%= config.bin %> config get-clusters']
  static override strict = false // words are taken and mean nothing, as with kubectl

  async run(): Promise<readonly string[]> {
    await this.parse(ConfigGetClusters)
    this.out(`NAME\n${CLUSTER}\n`)
    return [CLUSTER]
  }
}
