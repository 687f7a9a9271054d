import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import {ChangeCommand} from '../../cli/change-command.js'
import {readDocuments} from '../../cli/manifests/documents.js'
import {dryRunFlag, type DryRun} from '../../cli/flags/dry-run.js'
import {filenameFlags, filenamesOf} from '../../cli/flags/filename.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'
import {outputFlags} from '../../cli/flags/output.js'
import {NOTHING_NAMED} from '../../cli/verbs/nothing-named.js'
import type {Outcome} from '../../cli/verbs/outcome.js'
import {LAST_APPLIED, lastAppliedText} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'

export default class ApplySetLastApplied extends ChangeCommand {
  static override summary = 'Note the files as those that resources were last applied from.'
  static override description = 'Nothing but the annotation kubectl.kubernetes.io/last-applied-configuration changes.'
  static override examples = [
    '<%= config.bin %> apply set-last-applied -f examples/tcp-echo/tcp-echo-20-v2.yaml',
    '<%= config.bin %> apply set-last-applied -f examples/tcp-echo --create-annotation',
  ]
  static override strict = false // words are taken and mean nothing, as with kubectl
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...dryRunFlag,
    ...outputFlags,
    'create-annotation': Flags.boolean({description: 'add the annotation where there is none', default: false}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(ApplySetLastApplied)
    const {recursive, namespace, 'create-annotation': creates} = flags
    const filenames = filenamesOf(flags)
    if (filenames === undefined) throw new UserError(NOTHING_NAMED)
    const {resources} = await this.session()
    const documents = readDocuments({filenames, recursive, namespace, stdin: process.stdin}, resources)
    const notes = await planNotes(documents, {creates, same: (name) => this.out(`set-last-applied ${name}: no changes required.\n`)}, resources)
    return this.report(writeNotes(notes, flags['dry-run'], resources), flags)
  }
}

interface Note {
  readonly resource: ResourceType
  readonly object: KubeObject
  /** What the annotation is to say. */
  readonly text: string
}

/**
 * What has to be written. Throws the first thing wrong with the files or with what they name, before anything is. Source: kubectl `apply_set_last_applied.go`
 * `Validate`.
 */
async function planNotes(
  documents: ReturnType<typeof readDocuments>,
  {creates, same}: {readonly creates: boolean; readonly same: (name: string) => void},
  resources: Resources,
): Promise<readonly Note[]> {
  const notes: Note[] = []
  for await (const document of documents) {
    if (document.type === 'problem') throw document.error
    const {object, resource} = document
    const {name, annotations} = (await resources.get(resource, object.metadata.namespace, object.metadata.name)).metadata
    const before = annotations?.[LAST_APPLIED]
    if (before === undefined && !creates) {
      throw new UserError(
        `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
      )
    }
    const text = lastAppliedText(object)
    if (before === text) same(name)
    else notes.push({resource, object, text})
  }
  return notes
}

async function* writeNotes(notes: readonly Note[], dryRun: DryRun, resources: Resources): AsyncIterable<Outcome> {
  for (const {resource, object, text} of notes) {
    const body = {metadata: {annotations: {[LAST_APPLIED]: text}}}
    const written = await resources.patch(resource, object.metadata, {type: 'merge', body}, {dryRun: dryRun !== 'none', fieldManager: 'kubectl'})
    yield {type: 'done', operation: 'configured', object: {...written.object, apiVersion: object.apiVersion}, warnings: []}
  }
}
