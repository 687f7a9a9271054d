import type {Json} from '../api/object.js'
import {at, listAt, textAt} from './envoy/reading.js'
import type {DumpedSecrets} from './tables/secrets.js'

/** What of a config dump the tables show. */
export interface DumpParts {
  readonly listeners: readonly Json[]
  readonly clusters: readonly Json[]
  readonly routes: readonly Json[]
  readonly secrets: DumpedSecrets
  /** The SecretsConfigDump as it is; null where there is none. */
  readonly secretsDump: Json
}

/** Takes a config dump apart, ours or that of a real Envoy (field names in camel case, see `toCamelCase`). */
export function dumpParts(dump: Json): DumpParts {
  const configs = listAt(dump, 'configs')
  const ofType = (type: string) => configs.filter((config) => textAt(config, '@type').endsWith(`.${type}`))
  const pick = (parts: readonly Json[], ...path: readonly string[]) => parts.flatMap((part) => at(part, ...path) ?? [])
  const within = (type: string, list: string) => ofType(type).flatMap((config) => listAt(config, list))
  return {
    listeners: [
      ...pick(within('ListenersConfigDump', 'dynamicListeners'), 'activeState', 'listener'),
      ...pick(within('ListenersConfigDump', 'staticListeners'), 'listener'),
    ],
    clusters: [...pick(within('ClustersConfigDump', 'dynamicActiveClusters'), 'cluster'), ...pick(within('ClustersConfigDump', 'staticClusters'), 'cluster')],
    secrets: {warming: within('SecretsConfigDump', 'dynamicWarmingSecrets'), active: within('SecretsConfigDump', 'dynamicActiveSecrets')},
    secretsDump: ofType('SecretsConfigDump')[0] ?? null,
    routes: [
      ...pick(within('RoutesConfigDump', 'dynamicRouteConfigs'), 'routeConfig'),
      ...pick(within('RoutesConfigDump', 'staticRouteConfigs'), 'routeConfig'),
    ],
  }
}
