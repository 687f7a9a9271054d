import {UserError} from '../../base/user-error.js'
import type {ResourceType} from '../../api/resource-type.js'
import {compareBytes} from '../../output/byte-order.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'
import {formatKyaml} from '../../output/kyaml.js'
import {formatYaml} from '../../output/yaml.js'

export interface ApiResourcesOptions {
  readonly group?: string | undefined
  readonly namespaced?: boolean | undefined
  readonly verbs: readonly string[]
  readonly categories: readonly string[]
  readonly sortBy: string
}

/** A resource as the API server's discovery tells of it. */
export interface ApiResource {
  readonly name: string
  readonly singularName: string
  readonly namespaced: boolean
  readonly group?: string
  readonly version: string
  readonly kind: string
  readonly verbs: readonly string[]
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/** The types that pass, by group and name, or by what `sortBy` says. Throws a UserError for an order there is not. Source: kubectl `apiresources.go`. */
export function apiResources(types: readonly ResourceType[], options: ApiResourcesOptions): readonly ApiResource[] {
  const {group, namespaced, verbs, categories, sortBy} = options
  if (!['', 'name', 'kind'].includes(sortBy)) throw new UserError('--sort-by accepts only name or kind')
  const orderOf = (resource: ApiResource) => (sortBy === 'name' ? resource.name : sortBy === 'kind' ? resource.kind : (resource.group ?? ''))
  return types
    .filter((type) => group === undefined || type.group === group)
    .filter((type) => namespaced === undefined || type.namespaced === namespaced)
    .filter((type) => categories.every((category) => type.categories.includes(category)))
    .map(toResource)
    .filter((resource) => verbs.every((verb) => resource.verbs.includes(verb)))
    .sort((left, right) => compareBytes(orderOf(left), orderOf(right)) || compareBytes(left.name, right.name))
}

function toResource(type: ResourceType): ApiResource {
  const {group, kind, plural, singular, namespaced, shortNames, categories} = type
  return {
    name: plural,
    singularName: singular,
    namespaced,
    ...(group === '' ? {} : {group}),
    version: type.served[0]?.version ?? type.version,
    kind,
    verbs: VERBS,
    ...(shortNames.length === 0 ? {} : {shortNames}),
    ...(categories.length === 0 ? {} : {categories}),
  }
}

type Format = (resources: readonly ApiResource[], hidesHeaders: boolean) => string

const FORMATS: Readonly<Record<string, Format>> = {
  '': (resources, hidesHeaders) => table(resources, {isWide: false, hidesHeaders}),
  'json': (resources) => `${JSON.stringify(listOf(resources), undefined, 4)}\n`,
  'kyaml': (resources) => formatKyaml(listOf(resources)),
  'name': (resources) => resources.map(({name, group}) => `${group === undefined ? name : `${name}.${group}`}\n`).join(''),
  'wide': (resources, hidesHeaders) => table(resources, {isWide: true, hidesHeaders}),
  'yaml': (resources) => formatYaml(listOf(resources)),
}

/** The list in an `-o` format; throws a UserError in kubectl's words for one there is not. */
export function formatApiResources(resources: readonly ApiResource[], output: string, hidesHeaders: boolean): string {
  const format = Object.hasOwn(FORMATS, output) ? FORMATS[output] : undefined
  if (format === undefined) {
    throw new UserError(`unable to match a printer suitable for the output format "${output}", allowed formats are: json,kyaml,name,wide,yaml`)
  }
  return format(resources, hidesHeaders)
}

function listOf(resources: readonly ApiResource[]): unknown {
  return {kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources}
}

function table(resources: readonly ApiResource[], {isWide, hidesHeaders}: {isWide: boolean; hidesHeaders: boolean}): string {
  const heads = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(isWide ? ['VERBS', 'CATEGORIES'] : [])]
  const rows = resources.map(({name, shortNames = [], group, version, namespaced, kind, verbs, categories = []}) => [
    name,
    shortNames.join(','),
    group === undefined ? version : `${group}/${version}`,
    String(namespaced),
    kind,
    ...(isWide ? [verbs.join(','), categories.join(',')] : []),
  ])
  return alignRows(hidesHeaders ? rows : [heads, ...rows], TABLE_LAYOUT)
}

/** Every group and version objects can be written in, in the order of their bytes. */
export function apiVersions(types: readonly ResourceType[]): readonly string[] {
  const versions = types.flatMap(({served}) => served.map(({group, version}) => (group === '' ? version : `${group}/${version}`)))
  return [...new Set(versions)].sort(compareBytes)
}
