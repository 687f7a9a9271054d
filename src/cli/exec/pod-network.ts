import {lookup} from 'node:dns/promises'
import {fileURLToPath} from 'node:url'
import {endpointSliceType, type EndpointSlice} from '../../api/kinds/endpoint-slice.js'
import {serviceEntryType, type ServiceEntry} from '../../api/kinds/service-entry.js'
import {serviceType, type Service} from '../../api/kinds/service.js'
import type {NcNetwork} from '../../workload/nc/nc.js'
import {Session} from '../session.js'
import {answerName} from './service-names.js'

/** Whose network a program run in a pod sees. Given to the process of its `nc` as JSON. */
export interface PodPlace {
  /** `$TSHIFT_HOME` */
  readonly home: string
  readonly namespace: string
  readonly pod: string
  readonly address: string
  /** Where this `nc` is, and the machine's own is not. */
  readonly directory: string
}

/** The words that start an `nc` in a pod. While the sources run (tests, development) it is the one `npm run build` made. */
export function podNcWords(place: PodPlace): readonly string[] {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/cli/exec' : '.'
  return [process.execPath, fileURLToPath(new URL(`${folder}/pod-nc-main.js`, import.meta.url)), JSON.stringify(place)]
}

/** The network as the pod sees it: connections come from its address, and names of Services mean their addresses. */
export function podNetwork(place: PodPlace): NcNetwork {
  return {source: place.address, resolve: (host) => (host === place.pod ? Promise.resolve(place.address) : resolveName(host, place))}
}

/** Services that stand for another name may do so for long, or in a circle. */
const MAX_ALIASES = 8

async function resolveName(host: string, place: PodPlace, aliases = 0): Promise<string | undefined> {
  const answer = await ask(host, place)
  switch (answer.type) {
    case 'addresses':
      return answer.addresses[Math.floor(Math.random() * answer.addresses.length)] // a headless Service's pods take turns
    case 'alias':
      if (aliases === MAX_ALIASES) throw noSuchName(host)
      return (await resolveName(answer.host, place, aliases + 1)) ?? (await lookup(answer.host)).address
    case 'absent':
      throw noSuchName(host)
    case 'outside':
      return undefined
  }
}

function noSuchName(host: string): Error {
  return Object.assign(new Error(`${host} is no name of the cluster`), {code: 'ENOTFOUND'})
}

async function ask(host: string, {namespace, home}: PodPlace): Promise<ReturnType<typeof answerName>> {
  const session = await Session.open({TSHIFT_HOME: home})
  try {
    const [services, slices, entries] = await Promise.all([
      session.resources.list<Service>(serviceType),
      session.resources.list<EndpointSlice>(endpointSliceType),
      session.resources.list<ServiceEntry>(serviceEntryType),
    ])
    return answerName(host, namespace, {services: services.items, slices: slices.items, entries: entries.items})
  } finally {
    await session.close()
  }
}
