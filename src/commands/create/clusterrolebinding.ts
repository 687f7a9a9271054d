import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags, requireFlags} from '../../cli/create/generate-command.js'
import {clusterRoleBindingOf} from '../../cli/create/policies.js'

const many = {multiple: true, multipleNonGreedy: true} as const

export default class CreateClusterRoleBinding extends GenerateCommand {
  static override usage = 'create clusterrolebinding NAME --clusterrole=NAME [--user=NAME] [--group=NAME] [--serviceaccount=NAMESPACE:NAME]'
  static override summary = 'Create a ClusterRoleBinding (kept; nothing is refused for want of a role).'
  static override examples = ['<%= config.bin %> create clusterrolebinding admins --clusterrole=admin --user=me --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    clusterrole: Flags.string({description: 'the ClusterRole that is bound', helpValue: 'NAME'}),
    user: Flags.string({...many, description: 'a user it is bound to (repeatable)', helpValue: 'NAME'}),
    group: Flags.string({...many, description: 'a group it is bound to (repeatable)', helpValue: 'NAME'}),
    serviceaccount: Flags.string({...many, description: 'a ServiceAccount it is bound to (repeatable)', helpValue: 'NAMESPACE:NAME'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateClusterRoleBinding)
    requireFlags({clusterrole: flags.clusterrole})
    const name = this.requireName(argv)
    const {clusterrole: clusterRole, user: users = [], group: groups = [], serviceaccount: serviceAccounts = []} = flags
    return this.finish(clusterRoleBindingOf(this.metadata(name, flags), {clusterRole, users, groups, serviceAccounts}), flags)
  }
}
