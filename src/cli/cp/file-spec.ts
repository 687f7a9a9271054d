import {UserError} from '../../base/user-error.js'

/** What `[[NAMESPACE/]POD:]PATH` says. */
export interface FileSpec {
  /** '' on this side. */
  readonly pod: string
  readonly namespace: string | undefined
  readonly path: string
}

/** A copy in one direction. */
export interface CopySpecs {
  readonly from: FileSpec
  readonly to: FileSpec
}

/** Throws kubectl's UserErrors. Source: kubectl `cp/cp.go`. */
export function parseCopy(words: readonly string[]): CopySpecs {
  const [source, destination, ...rest] = words
  if (source === undefined || destination === undefined || rest.length > 0) throw new UserError('source and destination are required')
  const [from, to] = [parseFileSpec(source), parseFileSpec(destination)]
  if (from.pod !== '' && to.pod !== '') throw new UserError('one of src or dest must be a local file specification')
  if (from.path === '' || to.path === '') throw new UserError('filepath can not be empty')
  if (from.pod === '' && to.pod === '') throw new UserError('one of src or dest must be a remote file specification')
  return {from, to}
}

function parseFileSpec(text: string): FileSpec {
  const colon = text.indexOf(':')
  if (colon === -1) return {pod: '', namespace: undefined, path: text}
  const place = text.slice(0, colon).split('/')
  if (colon === 0 || place.length > 2) throw new UserError('filespec must match the canonical format: [[namespace/]pod:]file/path')
  const path = text.slice(colon + 1)
  const [first = '', second] = place
  return second === undefined ? {pod: first, namespace: undefined, path} : {pod: second, namespace: first, path}
}
