import {NotHereCommand} from '../../cli/not-here-command.js'

export default class AuthReconcile extends NotHereCommand {
  static override summary = 'Say why there are no rights to reconcile.'
  static override examples = ['<%= config.bin %> auth reconcile -f rbac.yaml']
  protected readonly answer = {
    why: 'there are no rights to reconcile: roles and bindings are kept, and everybody may do everything',
    instead: "use 'tshift apply -f' to keep them",
  }
}
