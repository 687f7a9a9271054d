import {Flags} from '@oclif/core'
import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {typeFor} from '../../api/registry.js'
import {UserError} from '../../base/user-error.js'
import {LAST_APPLIED} from '../../resources/last-applied.js'
import type {Printer} from '../../output/printer.js'
import type {WriteOptions} from '../../resources/write-options.js'
import {BaseCommand} from '../base-command.js'
import {fieldManagerFlag} from '../change-command.js'
import {currentNamespace} from '../context/context-file.js'
import {dryRunFlag, type DryRun} from '../flags/dry-run.js'
import {namespaceFlag} from '../flags/namespace.js'
import {outputFlags, type OutputValues} from '../flags/output.js'
import {fieldValidationOf, validateFlag} from '../flags/validate.js'
import {objectText, singlePrinter} from './print-object.js'
import {refused} from './refused.js'
import {formatCompactTypedJson} from './typed-json.js'

/** What all generators take. */
export const generateFlags = {
  ...namespaceFlag,
  ...dryRunFlag,
  ...validateFlag,
  ...outputFlags,
  ...fieldManagerFlag('kubectl-create'),
  'save-config': Flags.boolean({description: 'keep the object in the annotation that apply compares with', default: false}),
}

export interface GenerateFlags extends OutputValues {
  readonly namespace?: string | undefined
  readonly 'dry-run': DryRun
  readonly validate: string
  readonly 'save-config': boolean
  readonly 'field-manager': string
}

/** A command line split at `--`: what follows is a container's, flags and all. */
export interface SplitWords {
  readonly own: string[]
  readonly command: readonly string[]
}

/** A verb that makes one object of flags: `create configmap`, `run`, and so on. */
export abstract class GenerateCommand extends BaseCommand {
  /** One for all objects of the command: it knows what stands between them. */
  #printer: {readonly is: Printer | undefined} | undefined

  protected splitArgv(): SplitWords {
    const end = this.argv.indexOf('--')
    return end === -1 ? {own: this.argv, command: []} : {own: this.argv.slice(0, end), command: this.argv.slice(end + 1)}
  }

  /** The one NAME there has to be. Throws kubectl's usage error. */
  protected requireName(words: readonly unknown[]): string {
    const [name] = words
    if (words.length === 1 && typeof name === 'string') return name
    throw this.usageError(`exactly one NAME is required, got ${words.length}`)
  }

  protected usageError(message: string): UserError {
    return new UserError(message, {hint: `See '${this.config.bin} ${this.id?.replaceAll(':', ' ') ?? ''} -h' for help and examples`})
  }

  /** Name and, where the user named one, namespace: kubectl prints no other in a dry run. */
  protected metadata(name: string, {namespace}: GenerateFlags): ObjectMeta {
    return {name, ...(namespace === undefined ? {} : {namespace})}
  }

  /** Stores the object unless it is a dry run, and prints it. */
  protected async finish(object: KubeObject, flags: GenerateFlags, operation = 'created'): Promise<readonly KubeObject[]> {
    // what comes back from the store has its fields in the order they were read in
    this.#printer ??= {is: singlePrinter(flags, flags['dry-run'] === 'client')}
    const type = typeFor(object)
    const wanted = flags['save-config'] ? withSavedConfig(object) : object
    const made = flags['dry-run'] === 'client' ? wanted : await this.store(wanted, type.namespaced, flags)
    this.out(objectText(made, {printer: this.#printer.is, dryRun: flags['dry-run'], operation}))
    if (flags['dry-run'] === 'none') await (await this.session()).settle()
    return [made]
  }

  /** Stores the object where it belongs, unless it is a dry run of the server's. */
  protected async store(object: KubeObject, isNamespaced: boolean, flags: GenerateFlags): Promise<KubeObject> {
    const placed = isNamespaced ? {...object, metadata: {...object.metadata, namespace: object.metadata.namespace ?? currentNamespace()}} : object
    const {resources} = await this.session()
    const options: WriteOptions = {dryRun: flags['dry-run'] === 'server', fieldValidation: fieldValidationOf(flags), fieldManager: flags['field-manager']}
    const {object: stored, warnings} = await resources.create(placed, options).catch((error: unknown) => {
      throw this.id?.startsWith('create:') === true ? refused(error, object) : error
    })
    for (const warning of warnings) this.say(`Warning: ${warning}`)
    return {...stored, apiVersion: object.apiVersion}
  }
}

/** Throws kubectl's error for flags that have to be there. */
export function requireFlags(flags: Readonly<Record<string, unknown>>): void {
  const missing = Object.entries(flags).flatMap(([name, value]) => (value === undefined || (Array.isArray(value) && value.length === 0) ? [`"${name}"`] : []))
  if (missing.length > 0) throw new UserError(`required flag(s) ${missing.join(', ')} not set`)
}

/** As `kubectl --save-config`: the annotation holds the object without itself. */
function withSavedConfig(object: KubeObject): KubeObject {
  const {[LAST_APPLIED]: _, ...annotations} = object.metadata.annotations ?? {}
  return {...object, metadata: {...object.metadata, annotations: {...annotations, [LAST_APPLIED]: `${formatCompactTypedJson(object)}\n`}}}
}
