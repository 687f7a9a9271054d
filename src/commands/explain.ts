import {Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {explain} from '../cli/explain/explain.js'
import {typesInStore} from '../resources/types-in-store.js'

const LIST = 'Use "tshift api-resources" for a complete list of supported resources.'

export default class Explain extends BaseCommand {
  static override summary = 'Say what the fields of a resource are for.'
  static override description = 'A field is named by its path: TYPE.FIELD.FIELD…, without the places in lists.'
  static override usage = '<%= command.id %> TYPE[.FIELD…] [--recursive] [--api-version=GROUP/VERSION] [-o plaintext|plaintext-openapiv2]'
  static override examples = [
    '<%= config.bin %> explain virtualservice.spec.tcp',
    '<%= config.bin %> explain pods --recursive',
    '<%= config.bin %> explain deployments --api-version=apps/v1',
    '<%= config.bin %> explain tcproute.spec.rules.backendRefs',
  ]

  static override strict = false
  static override flags = {
    'api-version': Flags.string({description: 'the group and version to explain the resource in', helpValue: 'GROUP/VERSION'}),
    output: Flags.string({char: 'o', description: 'the layout: plaintext or plaintext-openapiv2', default: 'plaintext', helpValue: 'FORMAT'}),
    recursive: Flags.boolean({description: 'all fields below, without what they are for', default: false}),
  }

  async run(): Promise<string> {
    const {flags, argv} = await this.parse(Explain)
    const [path, ...others] = argv as string[]
    if (path === undefined) throw new UserError(`You must specify the type of resource to explain. ${LIST}`)
    if (others.length > 0) throw new UserError('We accept only this format: explain RESOURCE')
    const {resources} = await this.session()
    const {'api-version': apiVersion, recursive: isRecursive, output} = flags
    const {text, complaint} = await explain({path, apiVersion, isRecursive, output}, await typesInStore(resources))
    this.out(text)
    if (complaint !== undefined) {
      this.say(complaint)
      process.exitCode = 1
    }
    return text
  }
}
