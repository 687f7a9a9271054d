import {NotHereCommand} from '../cli/not-here-command.js'

export default class Convert extends NotHereCommand {
  static override summary = 'Say why manifests need no conversion.'
  static override examples = ['<%= config.bin %> convert -f route.yaml']
  protected readonly answer = {
    why: "objects are taken in every version that 'tshift api-versions' lists: none has to be converted",
    instead: "to see one in another version, name it: 'tshift get virtualservices.v1beta1.networking.istio.io -o yaml'",
  }
}
