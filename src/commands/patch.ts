import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {ChangeCommand, fieldManagerFlag} from '../cli/change-command.js'
import {dryRunFlag} from '../cli/flags/dry-run.js'
import {filenameFlags} from '../cli/flags/filename.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {outputFlags} from '../cli/flags/output.js'
import {localObjects} from '../cli/manifests/local-objects.js'
import {readPatch} from '../cli/read-patch.js'
import {PATCH_TYPES, patchAll} from '../cli/verbs/patch.js'
import {selectObjects} from '../cli/verbs/select-objects.js'

export default class Patch extends ChangeCommand {
  static override summary = 'Change fields of a resource.'
  static override description =
    'The patch is JSON or YAML. A strategic patch (the default) merges lists by their keys and is for built-in kinds; a merge patch replaces lists; ' +
    'a JSON patch is a list of operations.'
  static override examples = [
    `<%= config.bin %> patch service istio-ingressgateway -n istio-system -p '{"spec":{"ports":[{"name":"tcp-2","port":31401}]}}'`,
    `<%= config.bin %> patch vs tcp-echo --type merge -p '{"spec":{"hosts":["tcp-echo"]}}'`,
    `<%= config.bin %> patch vs tcp-echo --type json -p '[{"op":"replace","path":"/spec/tcp/0/route/0/weight","value":70}]'`,
    '<%= config.bin %> patch deployment tcp-echo-v1 --subresource scale --type merge -p \'{"spec":{"replicas":2}}\'',
  ]

  static override strict = false
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...dryRunFlag,
    ...outputFlags,
    ...fieldManagerFlag('kubectl-patch'),
    type: Flags.string({description: 'json, merge or strategic', default: 'strategic'}),
    patch: Flags.string({char: 'p', description: 'the patch', helpValue: 'PATCH'}),
    'patch-file': Flags.string({description: 'a file with the patch', helpValue: 'FILE'}),
    subresource: Flags.option({options: ['status', 'scale'] as const, description: 'patch this part of the resource'})(),
    local: Flags.boolean({description: 'patch the objects of the files given with -f and store nothing', default: false}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Patch)
    const text = await readPatch(flags)
    const type = PATCH_TYPES.find((known) => known === flags.type.toLowerCase())
    if (type === undefined) throw new UserError(`--type must be one of [${PATCH_TYPES.join(' ')}], not ${JSON.stringify(flags.type)}`)
    if (flags.local && flags['dry-run'] === 'server') throw new UserError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
    if (flags.local && argv.length > 0) throw new UserError('cannot specify --local and server resources')
    const {resources} = await this.session()
    const objects = flags.local
      ? localObjects(flags)
      : selectObjects({...flags, words: argv as string[], stdin: process.stdin, 'all-namespaces': false, all: false}, resources)
    const {'dry-run': dryRun, subresource, 'field-manager': fieldManager, local: isLocal} = flags
    const options = {patch: {type, text}, dryRun, subresource, fieldManager, isLocal, managedFields: flags['show-managed-fields']}
    return this.report(patchAll(objects, options, resources), flags, {saysDryRun: false}) // kubectl sets its word anew after it has put the dry run behind it
  }
}
