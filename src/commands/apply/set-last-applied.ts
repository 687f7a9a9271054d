import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import {ChangeCommand} from '../../cli/change-command.js'
import {readDocuments} from '../../cli/documents.js'
import {failureOf, statusText} from '../../cli/failure.js'
import {dryRunFlag, type DryRun} from '../../cli/flags/dry-run.js'
import {filenameFlags, filenamesOf} from '../../cli/flags/filename.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'
import {outputFlags} from '../../cli/flags/output.js'
import {requireFilenames} from '../../cli/require-filenames.js'
import type {Outcome} from '../../cli/verbs/outcome.js'
import {LAST_APPLIED, withLastApplied} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'

export default class ApplySetLastApplied extends ChangeCommand {
  static override summary = 'Note the files as those that resources were last applied from.'
  static override description = 'Nothing but the annotation kubectl.kubernetes.io/last-applied-configuration changes.'
  static override examples = [
    '<%= config.bin %> apply set-last-applied -f examples/tcp-echo/tcp-echo-20-v2.yaml',
    '<%= config.bin %> apply set-last-applied -f examples/tcp-echo --create-annotation',
  ]
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...dryRunFlag,
    ...outputFlags,
    'create-annotation': Flags.boolean({description: 'add the annotation where there is none', default: false}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(ApplySetLastApplied)
    const {recursive, namespace, 'dry-run': dryRun, 'create-annotation': creates} = flags
    const {resources} = await this.session()
    const documents = readDocuments({filenames: requireFilenames(filenamesOf(flags)), recursive, namespace, stdin: process.stdin}, resources)
    return this.report(setAll(documents, {dryRun, creates}, resources), flags)
  }
}

async function* setAll(documents: ReturnType<typeof readDocuments>, {dryRun, creates}: {dryRun: DryRun; creates: boolean}, resources: Resources): AsyncIterable<Outcome> {
  for await (const document of documents) {
    if (document.type === 'problem') {
      yield {type: 'failed', text: failureOf(document.error).text}
      continue
    }
    const {object, resource} = document
    try {
      const live = await resources.get(resource, object.metadata.namespace, object.metadata.name)
      if (live.metadata.annotations?.[LAST_APPLIED] === undefined && !creates) {
        yield {type: 'failed', text: `error: no last-applied-configuration annotation found on resource: ${live.metadata.name}, to create the annotation, run the command with --create-annotation`}
        continue
      }
      const text = withLastApplied(object).metadata.annotations?.[LAST_APPLIED] ?? ''
      const body = {metadata: {annotations: {[LAST_APPLIED]: text}}}
      const written = await resources.patch(resource, object.metadata, {type: 'merge', body}, {dryRun: dryRun !== 'none', fieldManager: 'kubectl'})
      yield {type: 'done', operation: written.changed ? 'configured' : 'unchanged', object: {...written.object, apiVersion: object.apiVersion}, warnings: []}
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      yield {type: 'failed', text: statusText(error)}
    }
  }
}
