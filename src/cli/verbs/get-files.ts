import type {Resources} from '../../resources/resources.js'
import {readDocuments, type DocumentOptions} from '../manifests/documents.js'
import type {Target} from '../targets.js'

/** The objects that files name. Throws the first problem of the files. */
export async function targetsOfFiles(options: DocumentOptions, resources: Resources): Promise<readonly Target[]> {
  const targets: Target[] = []
  for await (const document of readDocuments(options, resources)) {
    if (document.type === 'problem') throw document.error
    targets.push({type: document.resource, name: document.object.metadata.name, namespace: document.object.metadata.namespace})
  }
  return targets
}
