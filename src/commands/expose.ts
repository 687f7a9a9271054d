import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {fieldManagerFlag} from '../cli/change-command.js'
import {exposingService, type ExposeOptions} from '../cli/create/expose.js'
import {exposedBy, requireExposable} from '../cli/create/exposed.js'
import {GenerateCommand, generateFlags} from '../cli/create/generate-command.js'
import {OVERRIDE_TYPES, overridden} from '../cli/create/override.js'
import {onlyWithStruct} from '../cli/not-registered.js'
import {filenameFlags, filenamesOf} from '../cli/flags/filename.js'
import {selectObjects} from '../cli/verbs/select-objects.js'
import {NOTHING_NAMED} from '../cli/verbs/nothing-named.js'
import {typeInStore} from '../resources/types-in-store.js'

const MAX_NAME = 63

export default class Expose extends GenerateCommand {
  static override usage = 'expose (-f FILE | TYPE NAME) [--port=PORT] [--target-port=PORT] [--name=NAME] [--type=TYPE]'
  static override summary = 'Put a Service in front of a Deployment, ReplicaSet, Pod or Service.'
  static override examples = [
    '<%= config.bin %> expose deployment tcp-echo-v1 --port=9000',
    '<%= config.bin %> expose deploy tcp-echo-v1 --name=outside --port=80 --target-port=9000 --type=NodePort --dry-run=client -o yaml',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    ...filenameFlags,
    ...fieldManagerFlag('kubectl-expose'),
    name: Flags.string({description: 'name of the Service; that of the object unless said', helpValue: 'NAME'}),
    port: Flags.string({description: "port of the Service; the object's unless said", helpValue: 'PORT[,PORT]'}),
    'target-port': Flags.string({description: 'port of the pods, number or name', helpValue: 'PORT'}),
    protocol: Flags.string({description: 'TCP, UDP or SCTP', helpValue: 'PROTOCOL'}),
    selector: Flags.string({description: "labels of the pods; the object's unless said", helpValue: 'KEY=VALUE,…'}),
    labels: Flags.string({char: 'l', description: 'labels of the Service', helpValue: 'KEY=VALUE,…'}),
    type: Flags.string({description: 'ClusterIP, NodePort, LoadBalancer or ExternalName', helpValue: 'TYPE'}),
    'cluster-ip': Flags.string({description: 'address of the Service, or None for a headless one', helpValue: 'ADDRESS'}),
    'external-ip': Flags.string({description: 'another address it is reached at', helpValue: 'ADDRESS'}),
    'load-balancer-ip': Flags.string({description: 'address of the load balancer', helpValue: 'ADDRESS'}),
    'session-affinity': Flags.string({description: 'None or ClientIP', helpValue: 'AFFINITY'}),
    overrides: Flags.string({description: 'JSON to lay over the Service', helpValue: 'JSON'}),
    'override-type': Flags.option({options: OVERRIDE_TYPES, default: 'merge' as const, description: 'how it is laid over'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Expose)
    const filename = filenamesOf(flags)
    if (argv.length === 0 && filename === undefined) throw new UserError(NOTHING_NAMED)
    const {resources} = await this.session()
    const words = {words: argv as string[], filename, recursive: flags.recursive, stdin: process.stdin}
    const objects = onlyWithStruct(selectObjects({...words, namespace: flags.namespace, 'all-namespaces': false, all: false}, resources))
    const made: KubeObject[] = []
    for await (const object of objects) {
      const type = await typeInStore(resources, object)
      requireExposable(type)
      const name = flags.name ?? object.metadata.name.slice(0, MAX_NAME)
      const service = exposingService(this.metadata(name, flags), exposedBy(object, type, (flags.selector ?? '') !== ''), optionsOf(flags))
      const override = flags.overrides === undefined ? undefined : {text: flags.overrides, type: flags['override-type']}
      made.push(...(await this.finish(overridden(service, override), flags, 'exposed')))
    }
    return made
  }
}

function optionsOf(flags: {readonly [name: string]: unknown}): ExposeOptions {
  const text = (name: string) => flags[name] as string | undefined
  return {
    port: text('port'),
    targetPort: text('target-port'),
    protocol: text('protocol'),
    selector: text('selector'),
    labels: text('labels'),
    type: text('type'),
    clusterIP: text('cluster-ip'),
    externalIP: text('external-ip'),
    loadBalancerIP: text('load-balancer-ip'),
    sessionAffinity: text('session-affinity'),
  }
}
