import {BaseCommand} from '../cli/base-command.js'
import {amongOthers} from '../cli/failure.js'
import {filenamesOf} from '../cli/flags/filename.js'
import {chunkSizeFlag, fieldSelectorFlag, getFlags} from '../cli/flags/get.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {printerOf, tableOutputFlags} from '../cli/flags/output.js'
import {targetFlags} from '../cli/flags/target.js'
import {parseTargets, type Target} from '../cli/targets.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {targetsOfFiles, type NamedByFiles} from '../cli/verbs/get-files.js'
import {requireClearSelection} from '../cli/verbs/get-arguments.js'
import {printFound} from '../cli/verbs/get-print.js'
import {readsManagedFields} from '../cli/verbs/get-managed-fields.js'
import {getRaw} from '../cli/verbs/get-raw.js'
import {subresourceOf} from '../cli/verbs/get-scale.js'
import {labelSelectorOf, requireGetFlags, type GetValues} from '../cli/verbs/get-validate.js'
import {watchedList, watchFound} from '../cli/verbs/get-watch.js'
import {getTargets, type Found, type GetOptions} from '../cli/verbs/get.js'
import type {UserError} from '../base/user-error.js'
import {ageColumn} from '../api/kinds/age-column.js'
import type {StatusError} from '../api/status-error.js'
import type {KubeObject} from '../api/object.js'
import type {Printer} from '../output/printer.js'
import {isTable} from '../output/printers.js'
import type {Resources} from '../resources/resources.js'
import {typesInStore} from '../resources/types-in-store.js'

type PrintRun = GetOptions & {printer: Printer; flags: GetValues; problems: readonly UserError[]; isSingle: boolean; isNamed: boolean}
type WatchRun = GetOptions & {readonly printer: Printer; readonly flags: GetValues; readonly names: readonly string[]}

export default class Get extends BaseCommand {
  static override summary = 'Show resources: a table, or the objects as YAML, JSON or through a template.'
  static override description =
    'Several types are separated by commas; `all` and other categories stand for theirs. Without a gateway process the objects are shown as it left them.'
  static override examples = [
    '<%= config.bin %> get pods',
    '<%= config.bin %> get svc,deploy,pod -n demo',
    '<%= config.bin %> get virtualservice tcp-echo -o yaml',
    "<%= config.bin %> get svc istio-ingressgateway -n istio-system -o jsonpath='{.spec.ports[?(@.name==\"tcp\")].port}'",
    "<%= config.bin %> get pods -A -o go-template='{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}'",
    '<%= config.bin %> get pods -A --sort-by=.metadata.creationTimestamp --field-selector status.phase=Running',
    '<%= config.bin %> get pods -l app=tcp-echo -L version -w',
  ]

  static override strict = false
  static override flags = {...targetFlags, ...fieldSelectorFlag, ...tableOutputFlags, ...getFlags, ...chunkSizeFlag}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Get)
    const words = argv as string[]
    requireGetFlags(flags, words)
    const {resources} = await this.session()
    if (flags.raw !== undefined) return this.raw(flags.raw, resources)
    const {targets, problems} = await this.targets(words, flags, resources)
    if (targets.length === 0 && filenamesOf(flags) === undefined) return this.nothingAsked()
    const options = await this.options(flags, targets)
    const found = await getTargets(targets, options, resources)
    const printer = this.printer(flags, {targets, found})
    const names = targets.flatMap(({name}) => name ?? [])
    if (targets.length === 0) this.tell(problems)
    else if (flags.watch || flags['watch-only']) await this.watch(found, {...options, printer, flags, names}, resources)
    else this.print(found, {...options, printer, flags, problems, isSingle: isSingle(targets), isNamed: targets.some(({name}) => name !== undefined)})
    return found.flatMap(({objects}) => objects)
  }

  private async options(flags: GetValues, targets: readonly Target[]): Promise<GetOptions> {
    return {
      namespace: namespaceOf(flags),
      selector: labelSelectorOf(flags, targets),
      selectorText: flags.selector,
      fieldSelector: flags['field-selector'],
      ignoreNotFound: flags['ignore-not-found'],
      managedFields: readsManagedFields(flags),
    }
  }

  private printer(flags: GetValues, {targets, found}: {readonly targets: readonly Target[]; readonly found: readonly Found[]}): Printer {
    const isWatch = flags.watch || flags['watch-only']
    return printerOf(flags, {
      showsKind: flags['show-kind'] || (!isWatch && new Set(shownOf(found, targets).map(({type}) => type)).size > 1),
      showsNamespace: flags['all-namespaces'],
      showsLabels: flags['show-labels'],
      labelColumns: flags['label-columns'] ?? [],
      hidesHeaders: flags['no-headers'],
      isSingle: isSingle(targets),
    })
  }

  private print(found: readonly Found[], {flags, problems, ...options}: PrintRun): void {
    const {subresource, output, template} = flags
    const shown = found.map((one) => (subresource === undefined ? one : subresourceOf(one, subresource)))
    const sections = flags['server-print'] ? shown : shown.map(withoutColumns)
    const {out, notice} = printFound(sections, {...options, isTable: isTable(output, template), sortBy: flags['sort-by']})
    this.out(out)
    if (notice !== undefined) this.say(notice)
    const missing = found.flatMap((one) => one.missing)
    this.tell([...missing, ...problems])
  }

  private async watch(found: readonly Found[], {flags, printer, names, ...options}: WatchRun, resources: Resources): Promise<void> {
    if (flags['sort-by'] !== undefined) this.say('warning: --watch or --watch-only requested, --sort-by will be ignored')
    const signal = untilInterrupted()
    const watching = {...options, name: names[0], signal}
    const first = await watchedList(found, {...watching, count: names.length}, resources)
    const shows = flags['output-watch-events']
    if (!flags['watch-only']) this.out(printer.printEach(first, shows ? 'ADDED' : undefined))
    for await (const {type, object} of watchFound(first, watching, resources)) {
      this.out(printer.printEach({type: first.type, objects: [object]}, shows ? type : undefined))
    }
    if (signal.aborted) process.exitCode = 130
  }

  private async targets(words: readonly string[], flags: GetValues, resources: Resources): Promise<NamedByFiles> {
    const filenames = filenamesOf(flags)
    requireClearSelection(words, {...flags, filename: filenames})
    if (filenames === undefined) return {targets: parseTargets(words, await typesInStore(resources)), problems: []}
    return targetsOfFiles({filenames, recursive: flags.recursive, namespace: flags.namespace, stdin: process.stdin}, resources)
  }

  private tell(problems: readonly (StatusError | UserError)[]): void {
    for (const error of problems) this.say(amongOthers(error))
    if (problems.length > 0) process.exitCode = 1
  }

  private async raw(path: string, resources: Resources): Promise<readonly KubeObject[]> {
    this.out(await getRaw(path, resources))
    return []
  }

  private nothingAsked(): readonly KubeObject[] {
    const {bin} = this.config
    this.say(`You must specify the type of resource to get. Use "${bin} api-resources" for a complete list of supported resources.\n`)
    this.say('error: Required resource not specified.')
    this.say(`Use "${bin} explain <resource>" for a detailed description of that resource (e.g. ${bin} explain pods).`)
    this.say(`See '${bin} get -h' for help and examples`)
    process.exitCode = 1
    return []
  }
}

/** What is told apart by kind: a list that was asked for may be empty, an object is there or not. */
function shownOf(found: readonly Found[], targets: readonly Target[]): readonly Found[] {
  return found.filter(({objects}) => objects.length > 0 || targets.every(({name}) => name === undefined))
}

function isSingle(targets: readonly Target[]): boolean {
  return targets.length === 1 && targets[0]?.name !== undefined
}

/** What kubectl prints of a type by itself: NAME and AGE. */
function withoutColumns<T extends {readonly type: object}>(found: T): T {
  return {...found, type: {...found.type, columns: [ageColumn]}}
}
