import type {ResourceType} from '../../api/resource-type.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typesInStore} from '../../resources/types-in-store.js'

const HEALTH = new Set(['/healthz', '/livez', '/readyz'])
const VERSION = '/(?:api/(?<core>v1)|apis/(?<group>[^/]+)/(?<version>[^/]+))'
const OBJECTS = new RegExp(`^${VERSION}(?:/namespaces/(?<namespace>[^/]+)(?=/))?/(?<plural>[^/]+)(?:/(?<name>[^/]+))?$`)

/**
 * What `get --raw PATH` prints: objects and lists of them, and that all is well. Throws NotFound for other paths, and a UserError for what is no path.
 */
export async function getRaw(path: string, resources: Resources): Promise<string> {
  if (!path.startsWith('/')) throw new UserError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`)
  const [plain = ''] = path.split('?')
  if (HEALTH.has(plain)) return 'ok'
  const {core, group = '', version = core, namespace, plural, name} = OBJECTS.exec(plain)?.groups ?? {}
  const isServed = ({served}: ResourceType) => served.some((one) => one.group === group && one.version === version)
  const type = (await typesInStore(resources)).find((one) => one.plural === plural && isServed(one))
  if (type === undefined || (namespace !== undefined && !type.namespaced)) throw new StatusError('NotFound', 'the server could not find the requested resource')
  if (name !== undefined) return `${JSON.stringify(await resources.get(type, namespace, name))}\n`
  return `${JSON.stringify(await listOf(type, namespace, resources))}\n`
}

async function listOf(type: ResourceType, namespace: string | undefined, resources: Resources): Promise<unknown> {
  const {items, resourceVersion} = await resources.list(type, {namespace})
  return {kind: `${type.kind}List`, apiVersion: type.group === '' ? type.version : `${type.group}/${type.version}`, metadata: {resourceVersion}, items}
}
