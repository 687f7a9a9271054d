import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {roleBindingOf} from '../../cli/create/role-bindings.js'
import {subjectFlags, subjectOptions} from '../../cli/create/subject-flags.js'

export default class CreateRoleBinding extends GenerateCommand {
  static override usage = 'create rolebinding NAME --clusterrole=NAME [--user=NAME] [--group=NAME] [--serviceaccount=NAMESPACE:NAME]'
  static override summary = 'Create a RoleBinding (kept; nothing is refused for want of a role).'
  static override examples = ['<%= config.bin %> create rolebinding admins --clusterrole=admin --user=me --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    clusterrole: Flags.string({description: 'the ClusterRole that is bound', helpValue: 'NAME'}),
    role: Flags.string({description: 'the Role that is bound', helpValue: 'NAME'}),
    ...subjectFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateRoleBinding)
    const name = this.requireName(argv)
    return this.finish(roleBindingOf(this.metadata(name, flags), {role: flags.role, clusterRole: flags.clusterrole, ...subjectOptions(flags)}), flags)
  }
}
