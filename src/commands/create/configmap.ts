import type {KubeObject} from '../../api/object.js'
import {configMapOf} from '../../cli/create/config-map.js'
import {readData} from '../../cli/create/data-sources.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {withNameHash} from '../../cli/create/name-hash.js'
import {appendHashFlag, dataFlags, dataSources} from '../../cli/flags/data.js'

export default class CreateConfigMap extends GenerateCommand {
  static override aliases = ['create:cm']
  static override usage = 'create configmap NAME [--from-file=[KEY=]PATH] [--from-literal=KEY=VALUE]'
  static override summary = 'Create a ConfigMap from files, directories or literal values.'
  static override examples = [
    '<%= config.bin %> create configmap settings --from-literal=mode=fast --from-literal=level=3',
    '<%= config.bin %> create cm notes --from-file=readme=README.md --dry-run=client -o yaml',
  ]
  static override strict = false
  static override flags = {...generateFlags, ...dataFlags, ...appendHashFlag}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateConfigMap)
    const name = this.requireName(argv)
    const configMap = configMapOf(this.metadata(name, flags), await readData(dataSources(flags), process.env))
    return this.finish(flags['append-hash'] ? withNameHash(configMap) : configMap, flags)
  }
}
