import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags, requireFlags} from '../../cli/create/generate-command.js'
import {clusterRoleBindingOf} from '../../cli/create/role-bindings.js'
import {subjectFlags, subjectOptions} from '../../cli/create/subject-flags.js'

export default class CreateClusterRoleBinding extends GenerateCommand {
  static override usage = 'create clusterrolebinding NAME --clusterrole=NAME [--user=NAME] [--group=NAME] [--serviceaccount=NAMESPACE:NAME]'
  static override summary = 'Create a ClusterRoleBinding (kept; nothing is refused for want of a role).'
  static override examples = ['<%= config.bin %> create clusterrolebinding admins --clusterrole=admin --user=me --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    clusterrole: Flags.string({description: 'the ClusterRole that is bound', helpValue: 'NAME'}),
    ...subjectFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateClusterRoleBinding)
    requireFlags({clusterrole: flags.clusterrole})
    const name = this.requireName(argv)
    return this.finish(clusterRoleBindingOf(this.metadata(name, flags), {clusterRole: flags.clusterrole, ...subjectOptions(flags)}), flags)
  }
}
