import {NotHereCommand} from '../../cli/not-here-command.js'

export default class PluginList extends NotHereCommand {
  static override summary = 'Say why there are no plugins.'
  static override examples = ['<%= config.bin %> plugin list']
  protected readonly answer = {
    why: 'tshift runs no plugins',
    instead: 'a program called kubectl-NAME can be run by that name',
  }
}
