import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {deploymentOf} from '../../cli/create/deployment.js'
import {GenerateCommand, generateFlags, requireFlags} from '../../cli/create/generate-command.js'
import {repeatableList} from '../../cli/flags/repeatable.js'
import {randomSuffix} from '../../resources/generate-name.js'

export default class CreateDeployment extends GenerateCommand {
  static override aliases = ['create:deploy']
  static override usage = 'create deployment NAME --image=IMAGE [--replicas=N] [--port=PORT] [-- COMMAND [ARG]…]'
  static override summary = 'Create a Deployment.'
  static override examples = [
    '<%= config.bin %> create deployment echo --image=docker.io/istio/tcp-echo-server:1.3 --port=9000 --replicas=2',
    '<%= config.bin %> create deploy echo --image=docker.io/istio/tcp-echo-server:1.3 --dry-run=client -o yaml -- /bin/tcp-echo 9000 hello',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    image: Flags.string({description: 'image to run; of several each gets a container', helpValue: 'IMAGE', ...repeatableList}),
    port: Flags.integer({description: 'port that the container listens on'}),
    replicas: Flags.integer({char: 'r', description: 'number of pods', default: 1}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {own, command} = this.splitArgv()
    const {flags, argv} = await this.parse(CreateDeployment, own)
    requireFlags({image: flags.image})
    const name = this.requireName(argv)
    const options = {images: flags.image ?? [], replicas: flags.replicas, port: flags.port, command, suffix: randomSuffix}
    return this.finish(deploymentOf(this.metadata(name, flags), options), flags)
  }
}
