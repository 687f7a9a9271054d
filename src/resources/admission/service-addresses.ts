import {nodeType, type Node} from '../../api/kinds/node.js'
import type {Service} from '../../api/kinds/service.js'
import type {KubeObject} from '../../api/object.js'
import {fnv1a} from '../../base/fnv.js'
import type {Resources} from '../resources.js'
import type {AddressBook} from './address-book.js'
import {NODE_NAME, SERVICE_RANGE} from '../cluster.js'

const NODE_PORTS = {first: 30_000, count: 2768}

/**
 * Gives a Service its cluster address and node ports, as the API server's allocators do. They are drawn from the Service's name, so the same
 * file gets the same addresses in every fresh store.
 */
export async function allocateServiceAddresses(resources: Resources, object: KubeObject, previous: KubeObject | undefined): Promise<KubeObject> {
  const service = object as Service
  const before = previous as Service | undefined
  const type = service.spec?.type ?? 'ClusterIP'
  if (type === 'ExternalName') return service
  const needsPorts = type === 'NodePort' || type === 'LoadBalancer'
  const range = await serviceRange(resources)
  const book = resources.addresses
  await book.refresh() // nothing is waited for from here to the promise: no other Service can get the same
  const clusterIP = service.spec?.clusterIP ?? before?.spec?.clusterIP ?? freeAddress(range, service, book)
  const ports = needsPorts ? withNodePorts(service, before, book) : service.spec?.ports
  const placed = {
    ...service,
    spec: {
      ...service.spec,
      clusterIP,
      clusterIPs: service.spec?.clusterIPs ?? [clusterIP],
      ...(ports === undefined ? {} : {ports}),
    },
  } as Service
  book.promise(placed)
  return placed
}

async function serviceRange(resources: Resources): Promise<string> {
  const node = await resources.find<Node>(nodeType, undefined, NODE_NAME)
  return node?.metadata.annotations?.[SERVICE_RANGE] ?? '10.96.0.0/16'
}

function freeAddress(range: string, service: Service, book: AddressBook): string {
  const [a = '10', b = '96'] = range.split('.')
  // .0.x stays free for addresses with a meaning: .0.1 is the API server's
  const candidates = drawn(`${service.metadata.namespace}/${service.metadata.name}`, 65_000)
  for (const offset of candidates) {
    const host = 256 + offset
    const address = `${a}.${b}.${(host >> 8) & 255}.${host & 255}`
    if (!book.isTaken(address, service) && (host & 255) !== 0 && (host & 255) !== 255) return address
  }
  throw new Error(`no free cluster address in ${range}`)
}

function withNodePorts(service: Service, before: Service | undefined, book: AddressBook): Service['spec']['ports'] {
  const own = new Set(service.spec?.ports?.map((port) => port.nodePort))
  const isTaken = (port: number) => own.has(port) || book.isTaken(port, service)
  return service.spec?.ports?.map((port) => {
    if (port.nodePort !== undefined) return port
    const kept = before?.spec?.ports?.find((other) => other.port === port.port && other.protocol === port.protocol)?.nodePort
    const nodePort = kept ?? freeNodePort(`${service.metadata.namespace}/${service.metadata.name}:${port.port}`, isTaken)
    own.add(nodePort)
    return {...port, nodePort}
  })
}

function freeNodePort(name: string, isTaken: (port: number) => boolean): number {
  for (const offset of drawn(name, NODE_PORTS.count)) {
    const port = NODE_PORTS.first + offset
    if (!isTaken(port)) return port
  }
  throw new Error('no free node port between 30000 and 32767')
}

/** Every number below `count` once, from a place that depends on `name`. */
function* drawn(name: string, count: number): Iterable<number> {
  const start = fnv1a(name) % count
  for (let i = 0; i < count; i++) yield (start + i) % count
}
