import {NotHereCommand} from '../../cli/not-here-command.js'

export default class ProxyConfigEcds extends NotHereCommand {
  static override aliases = ['proxy-config:ec', 'pc:ecds', 'pc:ec']
  static override summary = 'Say why there are no extensions.'
  static override examples = ['<%= config.bin %> proxy-config ecds']
  protected readonly answer = {
    why: 'no extensions are loaded into the data plane: EnvoyFilter and WasmPlugin are stored without effect',
    instead: "what is in force is in 'tshift proxy-config all'",
  }
}
