import type {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {readDocuments, type DocumentOptions} from '../manifests/documents.js'
import type {Target} from '../targets.js'

/** The objects that files name, and what of the files could not be read: it does not stop the rest. */
export interface NamedByFiles {
  readonly targets: readonly Target[]
  readonly problems: readonly UserError[]
}

/** Reads what the files name; nothing is looked up. */
export async function targetsOfFiles(options: DocumentOptions, resources: Resources): Promise<NamedByFiles> {
  const targets: Target[] = []
  const problems: UserError[] = []
  for await (const document of readDocuments({...options, isValidated: false}, resources)) {
    if (document.type === 'problem') problems.push(document.error)
    else targets.push({type: document.resource, name: document.object.metadata.name, namespace: document.object.metadata.namespace})
  }
  return {targets, problems}
}
