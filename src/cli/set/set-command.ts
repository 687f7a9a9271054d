import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {onlyWithStruct} from '../not-registered.js'
import {ChangeCommand, fieldManagerFlag} from '../change-command.js'
import {dryRunFlag, type DryRun} from '../flags/dry-run.js'
import {filenamesOf} from '../flags/filename.js'
import {outputFlags, type OutputValues} from '../flags/output.js'
import {allFlag, targetFlags} from '../flags/target.js'
import {localObjects} from '../manifests/local-objects.js'
import {NOTHING_NAMED} from '../verbs/nothing-named.js'
import {selectObjects} from '../verbs/select-objects.js'
import {changePods, type PodChange} from './change-pods.js'

const {'all-namespaces': _, ...namedTargetFlags} = targetFlags

/** What all of `set` take. */
export const setFlags = {
  ...namedTargetFlags,
  ...allFlag,
  ...dryRunFlag,
  ...outputFlags,
  ...fieldManagerFlag('kubectl-set'),
  local: Flags.boolean({description: 'change the objects of the files given with -f and store nothing', default: false}),
}

export interface SetFlags extends OutputValues {
  readonly filename?: readonly string[] | undefined
  readonly kustomize?: string | undefined
  readonly recursive: boolean
  readonly namespace?: string | undefined
  readonly selector?: string | undefined
  readonly all: boolean
  readonly local: boolean
  readonly 'dry-run': DryRun
  readonly 'field-manager': string
}

const LOCAL_NEEDS_FILES =
  "you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'"

/** `set …`: changes something of the pods that objects make. */
export abstract class SetCommand extends ChangeCommand {
  /** The objects a command line means. Throws kubectl's errors where it names none, and where one of them is not there. */
  protected async objects(targets: readonly string[], flags: SetFlags, nothingNamed = NOTHING_NAMED): Promise<readonly KubeObject[]> {
    const filename = filenamesOf(flags)
    if (flags.all && flags.selector !== undefined) throw new UserError('cannot set --all and --selector at the same time')
    if (flags.local && flags['dry-run'] === 'server') throw new UserError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
    if (flags.local && filename === undefined) throw new UserError(LOCAL_NEEDS_FILES)
    if (targets.length === 0 && filename === undefined) throw new UserError(nothingNamed)
    if (flags.local) return collect(localObjects({...flags, filename, isTyped: true}))
    const {resources} = await this.session()
    return collect(onlyWithStruct(selectObjects({...flags, filename, words: targets, stdin: process.stdin, 'all-namespaces': false}, resources)))
  }

  /** Carries the change out and tells what became of each object. */
  protected async change(objects: readonly KubeObject[], change: PodChange, flags: SetFlags): Promise<readonly KubeObject[]> {
    const {resources} = await this.session()
    const options = {
      dryRun: flags['dry-run'],
      fieldManager: flags['field-manager'],
      isLocal: flags.local,
      warn: (text: string) => this.say(`Warning: ${text}`),
      resources,
    }
    return this.report(changePods(objects, change, options), flags)
  }
}

async function collect(objects: AsyncIterable<KubeObject>): Promise<readonly KubeObject[]> {
  const all: KubeObject[] = []
  for await (const object of objects) all.push(object)
  return all
}
