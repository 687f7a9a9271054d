import {NotHereCommand} from '../../cli/not-here-command.js'

export default class ProxyConfigLog extends NotHereCommand {
  static override aliases = ['proxy-config:o', 'pc:log', 'pc:o']
  static override summary = "Say why there are no log levels of Envoy's."
  static override examples = ['<%= config.bin %> proxy-config log']
  protected readonly answer = {
    why: 'no Envoy runs here, so that none of its loggers has a level',
    instead: "'tshift gateway logs' shows what the gateway says, 'tshift gateway start --access-log' adds a line for each connection",
  }
}
