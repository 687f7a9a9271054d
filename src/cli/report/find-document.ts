import {readFile} from 'node:fs/promises'
import {parseManifest, type ManifestDocument} from '../../api/manifest/manifest.js'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

/** The document of a manifest with the object that is meant; undefined where none is. Throws a UserError for a file that cannot be read. */
export async function findDocument(file: string, isMeant: (object: Partial<KubeObject>) => boolean): Promise<ManifestDocument | undefined> {
  return (await readDocuments(file)).find(({object}) => isMeant(object as Partial<KubeObject>))
}

/** The documents of a manifest that can be parsed. Throws a UserError for a file that cannot be read. */
export async function readDocuments(file: string): Promise<readonly ManifestDocument[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`cannot read ${file}: ${(error as Error).message}`, {exitCode: 2})
  })
  return [...parseManifest(text, file)].filter((result): result is ManifestDocument => result.type === 'document')
}
