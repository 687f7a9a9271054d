import {readFile} from 'node:fs/promises'
import {parseManifest, type ManifestDocument} from '../../api/manifest/manifest.js'
import {UserError} from '../../base/user-error.js'
import type {SourcePlace} from '../../output/formats/report-context.js'

/** The line of the first weight of a TCP route in a manifest: where an annotation should point. Throws a UserError where there is none. */
export async function weightLine(file: string): Promise<SourcePlace> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`cannot read ${file}: ${(error as Error).message}`, {exitCode: 2})
  })
  const route = parseManifest(text, file).find((result): result is ManifestDocument => result.type === 'document' && result.object.kind === 'VirtualService')
  if (route === undefined) throw new UserError(`there is no VirtualService in ${file}`, {exitCode: 2})
  return {file, line: route.lineOf(['spec', 'tcp', 0, 'route', 0, 'weight'])}
}
