import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {targetFlags} from '../cli/flags/target.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {selectorOf} from '../cli/flags/selector.js'
import {statusText} from '../cli/failure.js'
import {readDocuments} from '../cli/documents.js'
import {parseTargets, type Target} from '../cli/targets.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {getTargets, watchFound, type Found, type GetOptions} from '../cli/verbs/get.js'
import {UserError} from '../base/user-error.js'
import {systemClock} from '../base/clock.js'
import type {Printer} from '../output/printer.js'
import {printerFor} from '../output/printers.js'
import type {KubeObject} from '../api/object.js'
import type {Resources} from '../resources/resources.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Get extends BaseCommand {
  static override summary = 'Show resources: a table, or the objects as YAML, JSON or through a template.'
  static override examples = [
    '<%= config.bin %> get pods',
    '<%= config.bin %> get svc,deploy,pod -n demo',
    '<%= config.bin %> get virtualservice tcp-echo -o yaml',
    "<%= config.bin %> get svc istio-ingressgateway -n istio-system -o jsonpath='{.spec.ports[?(@.name==\"tcp\")].port}'",
    '<%= config.bin %> get pods -l app=tcp-echo -L version -w',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    output: Flags.string({char: 'o', description: 'wide, yaml, json, name, jsonpath=TEMPLATE, jsonpath-as-json=TEMPLATE or custom-columns=SPEC', helpValue: 'FORMAT'}),
    'label-columns': Flags.string({char: 'L', description: 'labels to show as columns of their own', helpValue: 'KEY,…', multiple: true, multipleNonGreedy: true, delimiter: ','}),
    'show-labels': Flags.boolean({description: 'show all labels in the last column', default: false}),
    'no-headers': Flags.boolean({description: 'no header line', default: false}),
    'ignore-not-found': Flags.boolean({description: 'what is not there is no error', default: false}),
    watch: Flags.boolean({char: 'w', description: 'go on printing changes', default: false}),
    'watch-only': Flags.boolean({description: 'print changes only', default: false}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Get)
    const {resources} = await this.session()
    const targets = flags.filename === undefined ? parseTargets(argv as string[], await typesInStore(resources)) : await this.fileTargets({...flags, filenames: flags.filename}, resources)
    if (targets.length === 0) throw nothingAsked()
    const named = targets.every(({name}) => name !== undefined)
    const options = {namespace: namespaceOf(flags), selector: selectorOf(flags), ignoreNotFound: flags['ignore-not-found']}
    const printer = printerFor(flags.output, {
      clock: systemClock,
      showsNamespace: flags['all-namespaces'],
      showsLabels: flags['show-labels'],
      labelColumns: flags['label-columns'] ?? [],
      hidesHeaders: flags['no-headers'],
      isSingle: named && targets.length === 1,
    })
    const found = await getTargets(targets, options, resources)
    const isWatch = flags.watch || flags['watch-only']
    if (isWatch) await this.watch(found, targets, {...options, only: flags['watch-only'], printer}, resources)
    else this.print(found, printer, {...options, isTable: flags.output === undefined || flags.output === 'wide'})
    return found.flatMap(({objects}) => objects)
  }

  private print(found: readonly Found[], printer: Printer, {namespace, isTable, ignoreNotFound}: GetOptions & {isTable: boolean}): void {
    const missing = found.flatMap((one) => one.missing)
    const count = found.reduce((sum, {objects}) => sum + objects.length, 0)
    if (count > 0 || (!isTable && missing.length === 0 && !ignoreNotFound)) this.out(printer.print(found))
    else if (isTable && missing.length === 0 && !ignoreNotFound) this.say(emptiness(found, namespace))
    for (const error of missing) this.say(statusText(error))
    if (missing.length > 0) process.exitCode = 1
  }

  private async watch(found: readonly Found[], targets: readonly Target[], {printer, only, ...options}: GetOptions & {printer: Printer; only: boolean}, resources: Resources): Promise<void> {
    const [first, ...others] = found
    if (first === undefined || others.length > 0) throw new UserError('you may only specify a single resource type')
    if (first.missing[0] !== undefined) throw first.missing[0]
    if (!only) this.out(printer.printEach(first))
    const names = targets.flatMap(({name}) => (name === undefined ? [] : [name]))
    const from = names.length === 0 ? first : {...first, resourceVersion: first.objects[0]?.metadata.resourceVersion ?? '0'}
    for await (const {object} of watchFound(from, names, {...options, signal: untilInterrupted()}, resources)) {
      this.out(printer.printEach({type: first.type, objects: [object]}))
    }
  }

  private async fileTargets(flags: {filenames: readonly string[]; recursive: boolean; namespace?: string | undefined}, resources: Resources): Promise<readonly Target[]> {
    const targets: Target[] = []
    for await (const document of readDocuments({...flags, namespace: flags.namespace, stdin: process.stdin}, resources)) {
      if (document.type === 'problem') throw document.error
      targets.push({type: document.resource, name: document.object.metadata.name, namespace: document.object.metadata.namespace})
    }
    return targets
  }
}

function emptiness(found: readonly Found[], namespace: string | undefined): string {
  const isNamespaced = found.some(({type}) => type.namespaced)
  return namespace === undefined || !isNamespaced ? 'No resources found' : `No resources found in ${namespace} namespace.`
}

function nothingAsked(): UserError {
  return new UserError('Required resource not specified.', {hint: "name a resource type, e.g. 'tshift get pods'; see 'tshift get --help'"})
}
