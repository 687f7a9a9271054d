import {UserError} from '../../base/user-error.js'
import type {SourcePlace} from '../../output/formats/report-context.js'
import {findDocument} from './find-document.js'

/** The line of the first weight of a TCP route in a manifest: where an annotation should point. Throws a UserError where there is none. */
export async function weightLine(file: string): Promise<SourcePlace> {
  const route = await findDocument(file, ({kind}) => kind === 'VirtualService')
  if (route === undefined) throw new UserError(`there is no VirtualService in ${file}`, {exitCode: 2})
  return {file, line: route.lineOf(['spec', 'tcp', 0, 'route', 0, 'weight'])}
}
