import type {KubeObject} from '../../api/object.js'
import {imageChange} from '../../cli/set/image-change.js'
import {SetCommand, setFlags} from '../../cli/set/set-command.js'
import {splitWords} from '../../cli/set/split-words.js'

export default class SetImage extends SetCommand {
  static override usage = 'set image (-f FILE | TYPE NAME) CONTAINER=IMAGE…'
  static override summary = 'Change the images of containers.'
  static override description = 'CONTAINER may be * for all of them. Pods of a Deployment are replaced one after the other.'
  static override examples = [
    '<%= config.bin %> set image deployment/tcp-echo-v1 tcp-echo=docker.io/istio/tcp-echo-server:1.3',
    "<%= config.bin %> set image deployments --all '*=docker.io/istio/tcp-echo-server:1.3' --dry-run=client",
    "<%= config.bin %> create deployment echo --image=busybox --dry-run=client -o yaml | <%= config.bin %> set image -f - '*=tcp-echo-server' --local -o yaml",
  ]
  static override strict = false
  static override flags = setFlags

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(SetImage)
    const {targets, changes} = splitWords(argv as string[], (word) => word.indexOf('=') > 0, 'image')
    const objects = await this.objects(targets, flags)
    return this.change(objects, imageChange(changes), flags)
  }
}
