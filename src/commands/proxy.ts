import {NotHereCommand} from '../cli/not-here-command.js'

export default class Proxy extends NotHereCommand {
  static override summary = 'Say why there is nothing to proxy to.'
  static override examples = ['<%= config.bin %> proxy --port=8001']
  protected readonly answer = {
    why: 'there is no API server to proxy to: commands open the store themselves',
    instead: "for what a path of the API answers, use 'tshift get --raw /api/v1/namespaces'",
  }
}
