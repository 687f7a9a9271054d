import {UserError} from '../../base/user-error.js'
import {findResource} from '../../api/registry.js'
import type {ResourceType, ServedVersion} from '../../api/resource-type.js'
import {definitionOf} from '../../api/schema/schema-for.js'
import {loadDescriptions, type Descriptions} from '../../api/schema/descriptions.js'
import {fieldsWithin, type Documented} from './documented.js'
import {formatHead, formatPlaintext} from './plaintext.js'
import {formatPlaintextV2} from './plaintext-v2.js'

export interface ExplainOptions {
  /** `vs.spec.tcp.route` */
  readonly path: string
  /** `group/version`, or `v1`. */
  readonly apiVersion?: string | undefined
  readonly isRecursive: boolean
  readonly output: string
}

/** A place in a kind's schema. */
export interface Explained extends ServedVersion {
  readonly kind: string
  readonly place: Documented
  /** The last field of the path; undefined for the kind itself. */
  readonly field: string | undefined
}

/** What goes to stdout, and the line for stderr where something asked for is not there. */
export interface Explanation {
  readonly text: string
  readonly complaint?: string
}

const FORMATS = {'plaintext': formatPlaintext, 'plaintext-openapiv2': formatPlaintextV2} as const

/**
 * The documentation of a kind or of a field of it. kubectl says which kind it looked at before it says that there is no such field, and
 * that there is no such kind without a prefix. Throws a UserError for a format or version there is not. Source: kubectl `explain.go`.
 */
export async function explain({path, apiVersion, isRecursive, output}: ExplainOptions, types: readonly ResourceType[]): Promise<Explanation> {
  const format = isFormat(output) ? FORMATS[output] : undefined
  if (format === undefined) throw new UserError(`unrecognized format: ${output}`)
  requirePath(path)
  const {type, fields} = findType(path, types)
  if (type === undefined) return {text: '', complaint: `the server doesn't have a resource type "${path.split('.')[0]}"`}
  const kind = {...versionOf(type, apiVersion), kind: type.kind}
  const descriptions = await loadDescriptions()
  const schema = type.olderSchemas?.[kind.version] ?? type.schema
  const description = definitionOf(schema) === undefined ? foreignText(type) : ''
  const place = follow({schema, description, namesStructs: type.builtin}, fields, descriptions)
  if (place === undefined) return {text: output === 'plaintext' ? formatHead(kind) : '', complaint: `error: field "${fields.at(-1)}" does not exist`}
  return {text: format({...kind, place, field: fields.at(-1)}, descriptions, isRecursive)}
}

/** Throws a UserError in the words of the JSONPath parser kubectl reads a path with. */
function requirePath(path: string): void {
  if (path === '' || path === '.') throw new UserError('a resource must be present, got: /, Resource=')
  const [odd] = /[,*{}]/.exec(path) ?? []
  if (odd !== undefined) throw new UserError(`unrecognized character in action: U+00${odd.charCodeAt(0).toString(16).toUpperCase()} '${odd}'`)
  if (path.startsWith('.') || /[[ ]/.test(path)) throw new UserError('invalid jsonpath syntax, first node must be field node')
}

function isFormat(output: string): output is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, output)
}

/** The longest beginning that names a type, `virtualservices.networking.istio.io.spec` or `vs.spec`, and the fields behind it. */
function findType(path: string, types: readonly ResourceType[]): {readonly type: ResourceType | undefined; readonly fields: readonly string[]} {
  const words = path.split('.')
  for (let count = words.length; count > 0; count--) {
    const type = findResource(words.slice(0, count).join('.'), types)
    if (type !== undefined) return {type, fields: words.slice(count).filter((word) => word !== '')}
  }
  return {type: undefined, fields: []}
}

function versionOf(type: ResourceType, apiVersion: string | undefined): ServedVersion {
  const [first] = type.served
  if (apiVersion === undefined) return first ?? {group: type.group, version: type.version}
  const found = type.served.find(({group, version}) => apiVersion === (group === '' ? version : `${group}/${version}`))
  if (found !== undefined) return found
  const [version, group = '', ...rest] = apiVersion.split('/').reverse()
  if (rest.length > 0) throw new UserError(`unexpected GroupVersion string: ${apiVersion}`)
  throw new UserError(`couldn't find resource for "${group}/${version}, Resource=${type.plural}"`)
}

function follow(place: Documented, [field, ...rest]: readonly string[], descriptions: Descriptions): Documented | undefined {
  if (field === undefined) return place
  const next = fieldsWithin(place, descriptions).find(({name}) => name === field)
  return next === undefined ? undefined : follow(next, rest, descriptions)
}

function foreignText({kind}: ResourceType): string {
  return `tshift keeps objects of kind ${kind} as they are written and knows no more of their fields.`
}
