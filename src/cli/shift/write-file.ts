import {readFile, rename, stat, writeFile} from 'node:fs/promises'
import {editWeights, type WeightEdit} from '../../api/manifest/edit-weights.js'
import {UserError} from '../../base/user-error.js'
import type {RouteDestination} from '../../routing/objects/virtual-service.js'
import type {ShiftPlan} from '../../shift/plan.js'
import {toBackend} from '../../shift/route-rules.js'
import {spokenName} from '../../shift/shifted-object.js'

type Place = Pick<ShiftPlan, 'virtualService' | 'kind' | 'namespace' | 'rule'>

/** The file's text now and with the weights of `route`. Throws a UserError (exit code 2) where it cannot be read or does not hold the route. */
export async function fileWithWeights(
  file: string,
  place: Place,
  route: readonly RouteDestination[],
): Promise<{readonly before: string; readonly after: string}> {
  const before = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`cannot read ${file}: ${(cause as Error).message}`, {exitCode: 2, cause})
  })
  const after = editWeights(before, editOf(place, route))
  if (after === undefined)
    throw new UserError(`${file} does not hold the tcp route of ${spokenName(place)} in namespace "${place.namespace}"`, {
      hint: 'name the file it was applied from',
      exitCode: 2,
    })
  return {before, after}
}

function editOf({virtualService: name, kind, namespace, rule}: Place, route: readonly RouteDestination[]): WeightEdit {
  const where = {name, namespace, rule}
  return kind === 'TCPRoute' ? {...where, kind, items: route.map(toBackend)} : {...where, kind: 'VirtualService', items: route}
}

/** Brings the weights in the file up to date; the file is replaced as a whole, keeping its mode. */
export async function writeFileWeights(file: string, place: Place, route: readonly RouteDestination[]): Promise<void> {
  const {before, after} = await fileWithWeights(file, place, route)
  if (after === before) return
  const draft = `${file}.tshift-${process.pid}`
  await writeFile(draft, after, {mode: (await stat(file)).mode})
  await rename(draft, file)
}
