import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {subjectsOf} from '../../cli/create/rbac-subjects.js'
import {subjectFlags, subjectOptions} from '../../cli/create/subject-flags.js'
import {addSubjects} from '../../cli/set/add-subjects.js'
import {SetCommand, setFlags} from '../../cli/set/set-command.js'

export default class SetSubject extends SetCommand {
  static override usage = 'set subject (-f FILE | TYPE NAME) [--user=NAME] [--group=NAME] [--serviceaccount=NAMESPACE:NAME]'
  static override summary = 'Bind a role to further users, groups and ServiceAccounts.'
  static override examples = [
    '<%= config.bin %> set subject clusterrolebinding admins --serviceaccount=demo:default',
    '<%= config.bin %> create rolebinding admins --role=admin --user=me -o yaml --dry-run=client | <%= config.bin %> set subject --local -f - --user=you -o yaml',
  ]
  static override strict = false
  static override flags = {
    ...setFlags,
    ...subjectFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(SetSubject)
    const objects: KubeObject[] = []
    for await (const object of await this.objects(argv as string[], flags)) objects.push(object)
    const subjects = subjectsOf(subjectOptions(flags))
    if (subjects.length === 0) throw new UserError('you must specify at least one value of user, group or serviceaccount')
    const options = {subjects, dryRun: flags['dry-run'], fieldManager: flags['field-manager'], isLocal: flags.local}
    const {resources} = await this.session()
    return this.report(addSubjects(objects, options, resources), flags)
  }
}
