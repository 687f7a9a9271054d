import {NotHereCommand} from '../../cli/not-here-command.js'

export default class ProxyConfigBootstrap extends NotHereCommand {
  static override aliases = ['proxy-config:b', 'pc:bootstrap', 'pc:b']
  static override summary = 'Say why there is no bootstrap configuration.'
  static override examples = ['<%= config.bin %> proxy-config bootstrap']
  protected readonly answer = {
    why: 'no Envoy runs here, so that nothing was bootstrapped',
    instead: "its ports and their owners are in 'tshift gateway status', the rest in 'tshift proxy-config all -o json'",
  }
}
