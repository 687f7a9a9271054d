import path from 'node:path'
import type {ManifestDocument} from '../../api/manifest/manifest.js'
import type {Origin} from '../../resources/origins.js'

/** The file a document was read from; undefined for standard input and URLs, which cannot be read again. */
export function documentOrigin({source: {file, line}}: ManifestDocument): Origin | undefined {
  if (file === 'STDIN' || /^https?:\/\//.test(file)) return undefined
  return {file: path.resolve(file), line}
}
