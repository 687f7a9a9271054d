import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {currentNamespace} from '../../cli/context/context-file.js'
import {GenerateCommand} from '../../cli/create/generate-command.js'
import {objectText, singlePrinter} from '../../cli/create/print-object.js'
import {BOUND_KINDS, requestToken, type BoundObject} from '../../cli/create/service-account-token.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'
import {outputFlags} from '../../cli/flags/output.js'
import {repeatable} from '../../cli/flags/repeatable.js'
import {goDuration} from '../../cli/go-duration.js'

interface BoundFlags {
  readonly 'bound-object-kind': string
  readonly 'bound-object-name': string
  readonly 'bound-object-uid': string
}

export default class CreateToken extends GenerateCommand {
  static override usage = 'create token SERVICE_ACCOUNT_NAME'
  static override summary = 'Print a token of a ServiceAccount.'
  static override description =
    'It has the claims of a real one, for what wants to look at one; nothing here asks for tokens, so no key is kept that could check it.'
  static override examples = ['<%= config.bin %> create token default', '<%= config.bin %> create token default --duration 10m --audience https://example.com']
  static override strict = false
  static override flags = {
    ...namespaceFlag,
    ...outputFlags,
    audience: Flags.string({...repeatable, description: 'whom the token is for (repeatable)', helpValue: 'AUDIENCE'}),
    duration: Flags.string({description: 'how long it is good for', default: '0s', helpValue: 'DURATION'}),
    'bound-object-kind': Flags.string({description: 'kind of an object the token goes with: Node, Pod or Secret', default: '', helpValue: 'KIND'}),
    'bound-object-name': Flags.string({description: 'name of that object', default: '', helpValue: 'NAME'}),
    'bound-object-uid': Flags.string({description: 'uid of that object', default: '', helpValue: 'UID'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateToken)
    const seconds = goDuration(flags.duration, 'duration', 'create token') / 1000
    const name = this.requireName(argv)
    const {audience: audiences = [], namespace = currentNamespace()} = flags
    const bound = boundOf(flags)
    if (seconds < 0) throw new UserError('--duration must be greater than or equal to 0')
    if (!Number.isInteger(seconds)) throw new UserError('--duration cannot be expressed in units less than seconds')
    if (audiences.includes('')) throw new UserError('--audience must not be an empty string')
    const printer = singlePrinter(flags, true)
    const {resources} = await this.session()
    const request = await requestToken({name, namespace, audiences, seconds, bound}, new Date(), resources).catch((error: unknown) => {
      throw error instanceof StatusError ? new UserError(`failed to create token: ${error.message}`, {cause: error}) : error
    })
    this.out(
      printer === undefined ? `${tokenOf(request)}${process.stdout.isTTY ? '\n' : ''}` : objectText(request, {printer, dryRun: 'none', operation: 'created'}),
    )
    return [request]
  }
}

/** Throws kubectl's UserErrors. Source: kubectl `create_token.go` `Validate`. */
function boundOf({'bound-object-kind': kind, 'bound-object-name': name, 'bound-object-uid': uid}: BoundFlags): BoundObject | undefined {
  if (kind === '') {
    if (name !== '') throw new UserError('--bound-object-name can only be set if --bound-object-kind is provided')
    if (uid !== '') throw new UserError('--bound-object-uid can only be set if --bound-object-kind is provided')
    return undefined
  }
  if (BOUND_KINDS[kind] === undefined) throw new UserError(`supported --bound-object-kind values are ${Object.keys(BOUND_KINDS).join(', ')}`)
  if (name === '') throw new UserError('--bound-object-name is required if --bound-object-kind is provided')
  return {kind, name, uid: uid === '' ? undefined : uid}
}

function tokenOf(request: KubeObject): string {
  return (request as KubeObject & {readonly status: {readonly token: string}}).status.token
}
