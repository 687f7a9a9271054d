#!/usr/bin/env node
// Writes src/api/schema/generated.json: the fields of every kind tshift knows, taken from the type declarations of three npm packages
// (Kubernetes, the Istio CRDs, the Gateway API), and descriptions.json: what the declarations say of them, which only explain reads. Run it when a kind is added or newer ones are wanted; the packages stay out of the project:
//
//   mkdir /tmp/models && cd /tmp/models && npm init -y
//   npm install kubernetes-models@5 @kubernetes-models/istio@3 @kubernetes-models/gateway-api@2 typescript@5
//   node bin/generate-schemas.mjs /tmp/models/node_modules
//
// Declarations know neither int32 from int64 nor ranges and lengths. The packages' own validators do, so each number, string, list and map
// is asked for: a value of the wrong kind is put at the field's place and the complaint is read. The Gateway API's package is made from Go
// types and knows neither limits nor defaults: those are in schema-sources.mjs, by the name of the Go type.
import {existsSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {ADDED, DEFAULTS, GATEWAY_FIELDS, GATEWAY_SCALARS, GO_STRINGS, KINDS, OMITTED} from './schema-sources.mjs'

const modules = path.resolve(process.argv[2] ?? 'node_modules')
const ts = createRequire(path.join(modules, 'typescript/'))('typescript')
const folder = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'src/api/schema')
const target = path.join(folder, 'generated.json')

const files = KINDS.map(({file}) => path.join(modules, file))
const program = ts.createProgram(files, {moduleResolution: ts.ModuleResolutionKind.NodeNext, module: ts.ModuleKind.NodeNext, strict: true})
const checker = program.getTypeChecker()

/** Type names that stand for one scalar. */
const SCALARS = {
  Time: 'date-time',
  MicroTime: 'date-time',
  Quantity: 'quantity',
  IntOrString: 'int-or-string',
  FieldsV1: 'any',
  RawExtension: 'any',
}
const definitions = {}
/** What is said of a definition (under '') and of its fields. */
const said = new Map()
const anonymous = new Map()
const validators = new Map()

const kinds = {}
for (const source of KINDS) kinds[source.name ?? source.kind] = await kindOf(source)
const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)))
const lines = Object.entries(sorted).map(([name, definition]) => `    ${JSON.stringify(name)}: ${JSON.stringify(definition)}`)
writeFileSync(target, `{\n  "kinds": ${JSON.stringify(kinds)},\n  "definitions": {\n${lines.join(',\n')}\n  }\n}\n`)
const texts = Object.entries(sorted).map(([name, definition]) => `${JSON.stringify(name)}:${JSON.stringify(said.get(definition))}`)
writeFileSync(path.join(folder, 'descriptions.json'), `{\n${texts.join(',\n')}\n}\n`)
console.log(`${target}: ${Object.keys(kinds).length} kinds, ${lines.length} definitions`)

/** The definition name of a kind's top-level interface. */
async function kindOf({kind, name: key = kind, file, schema}) {
  const source = program.getSourceFile(path.join(modules, file))
  const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).find(({name}) => name === `I${kind}`)
  const isStruct = schema === undefined
  const name = isStruct ? structName(symbol) : kind
  const place = {validator: await validatorOf(isStruct ? exportedName(symbol) : schema), at: [], path: isStruct ? name : key}
  const definition = await objectOf(checker.getDeclaredTypeOfSymbol(symbol), place, isStruct ? kind : undefined)
  // one schema serves every version a kind can be written in
  definition.properties = {...definition.properties, apiVersion: 'string', kind: 'string', metadata: '#meta/ObjectMeta'}
  definitions[name] = definition
  return name
}

/** `core/Container`, `apps/DeploymentSpec`, `meta/ObjectMeta`, `gateway/Listener`: the Go package's group and the struct. */
function structName(symbol) {
  const {fileName} = symbol.declarations[0].getSourceFile()
  const [, version] = /\/gateway-api\/[^/]+\/(v\w+)\//.exec(fileName) ?? []
  if (version !== undefined) return `gateway/${version === 'v1' ? '' : `${version}/`}${symbol.name.slice(1)}`
  const [, group] = /kubernetes-models\/(?:(\w[\w.]*)\/)?v\d\w*\/\w+\.d\.ts$/.exec(fileName) ?? []
  if (fileName.includes('/apimachinery/')) return `meta/${symbol.name.slice(1)}`
  return `${group === undefined || group === 'kubernetes-models' ? 'core' : group.split('.')[0]}/${symbol.name.slice(1)}`
}

/** `IoK8sApiCoreV1Container`: the alias a declaration file exports besides the short name, also the name of its validator. */
function exportedName(symbol) {
  const text = symbol.declarations[0].getSourceFile().text
  return new RegExp(`\\b${symbol.name} as I(IoK8s\\w+)`).exec(text)?.[1]
}

async function validatorOf(name) {
  if (name === undefined) return () => []
  if (!validators.has(name)) {
    const places = ['kubernetes-models', '@kubernetes-models/apimachinery', '@kubernetes-models/istio', '@kubernetes-models/gateway-api']
    const file = places.map((place) => path.join(modules, place, '_schemas', `${name}.js`)).find((candidate) => existsSync(candidate))
    if (file === undefined) throw new Error(`no validator for ${name}`)
    const {validate} = await import(pathToFileURL(file).href)
    validators.set(name, (value) => (validate(value) ? [] : validate.errors))
  }
  return validators.get(name)
}

async function objectOf(type, place, goName) {
  const properties = {}
  const required = []
  const texts = {'': textOf(type.symbol)}
  for (const property of checker.getPropertiesOfType(type)) {
    const {name} = property
    texts[name] = textOf(property)
    const field = `${goName}.${name}`
    if (isCustom(place) && OMITTED.includes(field)) continue
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0
    const written = checker.getTypeOfSymbol(property)
    properties[name] = await typeOf(
      checker.getNonNullableType(written),
      {
        ...place,
        at: [...place.at, name],
        path: `${place.path}.${name}`,
        goType: GO_STRINGS[field],
        limits: isCustom(place) ? GATEWAY_FIELDS[field] : undefined,
      },
      property,
    )
    if (!optional && !(place.at.length === 0 && isTopLevel(type) && (name === 'apiVersion' || name === 'kind'))) required.push(name)
  }
  if (isCustom(place)) Object.assign(properties, ADDED[place.path] ?? ADDED[place.path.slice(place.path.lastIndexOf('.') + 1)])
  const defaults = isCustom(place) ? DEFAULTS[goName] : undefined
  const definition = {
    ...(goName === undefined || isCustom(place) ? {} : {goName}),
    properties,
    ...(required.length === 0 ? {} : {required}),
    ...(defaults === undefined ? {} : {defaults}),
  }
  said.set(definition, Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')))
  return definition
}

/** The comment above a declaration. */
function textOf(symbol) {
  return symbol === undefined ? '' : ts.displayPartsToString(symbol.getDocumentationComment(checker))
}

/** Objects have a version and a kind, which every reader has looked at before. */
function isTopLevel(type) {
  return checker.getPropertyOfType(type, 'metadata') !== undefined && checker.getPropertyOfType(type, 'apiVersion') !== undefined
}

async function typeOf(type, place, property, node = property?.valueDeclaration?.type) {
  if (/^[=a-z]/.test(place.limits ?? '')) return place.limits
  const scalar = scalarNamed(node)
  if (scalar !== undefined) return scalar
  if (type.isIntersection()) return typeOf(type.types[0], place) // oneOf is written as `A & (…)`: A has all the fields
  if (type.flags & ts.TypeFlags.BooleanLike || (type.isUnion() && type.types.every((one) => one.flags & ts.TypeFlags.BooleanLike))) return 'boolean'
  if (type.isUnion()) return unionOf(type, place)
  if (type.flags & ts.TypeFlags.StringLike) return stringOf(place, type.isStringLiteral() ? [type.value] : undefined)
  if (type.flags & ts.TypeFlags.NumberLike) return numberOf(place)
  if (checker.isArrayType(type)) {
    const inner = {...place, at: [...place.at, 0], path: `${place.path}[]`, limits: undefined}
    const items = await typeOf(checker.getTypeArguments(type)[0], inner, undefined, declaredItem(property))
    return `[${sizeOf(place, [[], Array.from({length: 5000})], ['minItems', 'maxItems'])}]${items}`
  }
  const values = type.getStringIndexType?.()
  if (values !== undefined && checker.getPropertiesOfType(type).length === 0) {
    const many = Object.fromEntries(Array.from({length: 5000}, (_, index) => [index, 'x']))
    const size = sizeOf(place, [{}, many], ['minProperties', 'maxProperties'])
    return `{${size}}${await typeOf(values, {...place, at: [...place.at, 'a'], path: `${place.path}{}`, limits: undefined}, undefined, declaredItem(property))}`
  }
  if ((type.flags & ts.TypeFlags.Object) === 0) return 'any'
  return referenceTo(type, place)
}

/** `Quantity` and the like are aliases of plain types: only the declaration still has the name. */
function scalarNamed(node) {
  if (node === undefined || !ts.isTypeReferenceNode(node)) return undefined
  const name = node.typeName.getText()
  const [, gatewayName] = /^IIoK8sSigsGatewayApiApisV1([A-Z]\w*)$/.exec(name) ?? []
  return GATEWAY_SCALARS[gatewayName] ?? SCALARS[Object.keys(SCALARS).find((scalar) => new RegExp(`^I(IoK8s\\w*)?${scalar}$`).test(name))]
}

/** What a list or map is declared to hold: `T` of `Array<T>` and of `{[key: string]: T}`. */
function declaredItem(property) {
  const node = property?.valueDeclaration?.type
  if (node === undefined) return undefined
  return ts.isTypeLiteralNode(node) ? node.members[0]?.type : node.typeArguments?.[0]
}

/** `1..16`: how many items or keys; empty where there is no limit, and for structs, whose limits are semantic rules. */
function sizeOf(place, [few, many], [minimum, maximum]) {
  if (place.limits !== undefined) return place.limits
  if (!isCustom(place)) return ''
  const limit = (value, keyword) => complaints(place, value).find((complaint) => complaint.keyword === keyword)?.params.limit ?? ''
  const [low, high] = [limit(few, minimum), limit(many, maximum)]
  return low === '' && high === '' ? '' : `${low}..${high}`
}

async function unionOf(type, place) {
  const strings = type.types.filter((one) => one.isStringLiteral())
  if (strings.length === type.types.length)
    return stringOf(
      place,
      strings.map(({value}) => value),
    )
  const isMixed = type.types.every((one) => one.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike))
  // where the name is lost: structs have maps of Quantity and none of IntOrString, custom kinds the reverse
  if (isMixed) return isCustom(place) ? 'int-or-string' : 'quantity'
  return typeOf(type.types[0], place) // anyOf: the first branch has all the fields
}

async function referenceTo(type, place) {
  const symbol = type.symbol
  if (symbol !== undefined && symbol.name.startsWith('I') && symbol.declarations?.[0].kind === ts.SyntaxKind.InterfaceDeclaration) {
    const name = structName(symbol)
    const goName = symbol.name.slice(1)
    if (SCALARS[goName] !== undefined) return SCALARS[goName]
    if (definitions[name] === undefined) {
      definitions[name] = {} // a struct that contains itself
      definitions[name] = await objectOf(type, {validator: await validatorOf(exportedName(symbol)), at: [], path: name}, goName)
    }
    return `#${name}`
  }
  const definition = await objectOf(type, place)
  const content = JSON.stringify(definition)
  if (content === '{"properties":{}}') return 'any'
  if (!anonymous.has(content)) {
    anonymous.set(content, place.path)
    definitions[place.path] = definition
  }
  return `#${anonymous.get(content)}`
}

function stringOf(place, values) {
  const [format] = complaints(place, '!').flatMap(({keyword, params}) => (keyword === 'format' ? [params.format] : []))
  const go = place.goType === undefined ? '' : `@${place.goType}`
  // the API server's own come in the alphabet's order, those of a CRD in its own
  if (values !== undefined) return `=${(isCustom(place) ? values : values.toSorted()).join('|')}${go}`
  return `${format === 'byte' || format === 'date-time' ? format : 'string'}${isCustom(place) ? textLimits(place) : ''}${go}`
}

/** `(1..253)/^pattern$/` */
function textLimits(place) {
  const limit = (value, keyword) => complaints(place, value).find((complaint) => complaint.keyword === keyword)?.params
  const [low, high] = [limit('', 'minLength')?.limit ?? '', limit('x'.repeat(100_000), 'maxLength')?.limit ?? '']
  const pattern = limit('\u0000', 'pattern')?.pattern
  return `${low === '' && high === '' ? '' : `(${low}..${high})`}${pattern === undefined ? '' : `/${pattern}/`}`
}

function numberOf(place) {
  const isInteger = complaints(place, 1.5).some(({keyword, params}) => keyword === 'type' && params.type === 'integer')
  if (!isInteger) return 'number'
  const big = complaints(place, 2 ** 60)
  const isInt32 = big.some(({keyword, params}) => keyword === 'format' && params.format === 'int32')
  const minimum = complaints(place, -(2 ** 20)).find(({keyword}) => keyword === 'minimum')?.params.limit
  const maximum = big.find(({keyword}) => keyword === 'maximum')?.params.limit
  const range = minimum === undefined && maximum === undefined ? '' : `(${minimum ?? ''}..${maximum ?? ''})`
  return `${isInt32 ? 'int32' : isCustom(place) ? 'integer' : 'int64'}${range}`
}

/** Places in custom kinds begin with the kind or `gateway/`, places in structs of Kubernetes itself with its group. */
function isCustom({path: place}) {
  return /^(?:[A-Z]|gateway\/)/.test(place)
}

/** What the package's validator says of `value` at the field. */
function complaints({validator, at}, value) {
  const whole = at.reduceRight((inner, key) => (key === 0 ? [inner] : {[key]: inner}), value)
  const pointer = at.map((key) => `/${key}`).join('')
  return validator(whole).filter(({instancePath}) => instancePath === pointer)
}
