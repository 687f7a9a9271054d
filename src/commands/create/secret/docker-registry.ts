import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {UserError} from '../../../base/user-error.js'
import {readData, type DataEntry} from '../../../cli/create/data-sources.js'
import {GenerateCommand, generateFlags} from '../../../cli/create/generate-command.js'
import {withNameHash} from '../../../cli/create/name-hash.js'
import {DOCKER_CONFIG, dockerConfig, secretOf} from '../../../cli/create/secret.js'
import {appendHashFlag, dataFlags, dataSources} from '../../../cli/flags/data.js'

export default class CreateSecretDockerRegistry extends GenerateCommand {
  static override usage = 'create secret docker-registry NAME --docker-username=USER --docker-password=PASSWORD [--docker-email=EMAIL] [--docker-server=SERVER]'
  static override summary = 'Create a Secret with which images are pulled from a registry.'
  static override examples = [
    '<%= config.bin %> create secret docker-registry pull --docker-server=registry.example --docker-username=me --docker-password=secret',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    ...appendHashFlag,
    'from-file': dataFlags['from-file'],
    'docker-server': Flags.string({description: 'address of the registry', default: 'https://index.docker.io/v1/', helpValue: 'SERVER'}),
    'docker-username': Flags.string({description: 'user name there', helpValue: 'USER'}),
    'docker-password': Flags.string({description: 'password of that user', helpValue: 'PASSWORD'}),
    'docker-email': Flags.string({description: 'e-mail address of that user', helpValue: 'EMAIL'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateSecretDockerRegistry)
    const name = this.requireName(argv)
    const secret = secretOf(this.metadata(name, flags), DOCKER_CONFIG.type, await entriesOf(flags))
    return this.finish(flags['append-hash'] ? withNameHash(secret) : secret, flags)
  }
}

interface RegistryFlags {
  readonly 'from-file'?: readonly string[] | undefined
  readonly 'docker-server': string
  readonly 'docker-username'?: string | undefined
  readonly 'docker-password'?: string | undefined
  readonly 'docker-email'?: string | undefined
}

async function entriesOf(flags: RegistryFlags): Promise<readonly DataEntry[]> {
  if (flags['from-file'] !== undefined) return readData(dataSources({'from-file': flags['from-file'].map(withDefaultKey)}), process.env)
  const {'docker-server': server, 'docker-username': username = '', 'docker-password': password = '', 'docker-email': email} = flags
  if (username === '' || password === '' || server === '') {
    throw new UserError('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required')
  }
  return [{key: DOCKER_CONFIG.key, value: Buffer.from(dockerConfig({server, username, password, email}))}]
}

function withDefaultKey(source: string): string {
  return source.includes('=') ? source : `${DOCKER_CONFIG.key}=${source}`
}
