import {BaseCommand} from '../cli/base-command.js'
import {refuseArguments} from '../cli/command-line/refuse-arguments.js'
import {apiVersions} from '../cli/verbs/api-resources.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class ApiVersions extends BaseCommand {
  static override summary = 'List the groups and versions objects can be written in.'
  static override examples = ['<%= config.bin %> api-versions']
  static override strict = false

  async run(): Promise<readonly string[]> {
    const {argv} = await this.parse(ApiVersions)
    refuseArguments(argv as string[], 'api-versions')
    const {resources} = await this.session()
    const versions = apiVersions(await typesInStore(resources))
    this.out(versions.map((version) => `${version}\n`).join(''))
    return versions
  }
}
