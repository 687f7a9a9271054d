#!/usr/bin/env node
// Writes src/api/schema/generated.json: the fields of every kind tshift knows, taken from the type declarations of two npm packages
// (Kubernetes and the Istio CRDs). Run it when a kind is added or a newer Kubernetes or Istio is wanted; the packages stay out of the project:
//
//   mkdir /tmp/models && cd /tmp/models && npm init -y
//   npm install kubernetes-models@5 @kubernetes-models/istio@3 typescript@5
//   node bin/generate-schemas.js /tmp/models/node_modules
//
// Declarations know neither int32 from int64 nor ranges. The packages' own validators do, so each number and string is asked for:
// a value of the wrong kind is put at the field's place and the complaint is read.
import {existsSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {GO_STRINGS, KINDS} from './schema-sources.js'

const modules = path.resolve(process.argv[2] ?? 'node_modules')
const ts = createRequire(path.join(modules, 'typescript/'))('typescript')
const target = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'src/api/schema/generated.json')

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
const anonymous = new Map()
const validators = new Map()

const kinds = {}
for (const {kind, file, schema} of KINDS) kinds[kind] = await kindOf(kind, path.join(modules, file), schema)
const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)))
const lines = Object.entries(sorted).map(([name, definition]) => `    ${JSON.stringify(name)}: ${JSON.stringify(definition)}`)
writeFileSync(target, `{\n  "kinds": ${JSON.stringify(kinds)},\n  "definitions": {\n${lines.join(',\n')}\n  }\n}\n`)
console.log(`${target}: ${Object.keys(kinds).length} kinds, ${lines.length} definitions`)

/** The definition name of a kind's top-level interface. */
async function kindOf(kind, file, schema) {
  const source = program.getSourceFile(file)
  const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).find(({name}) => name === `I${kind}`)
  const isStruct = schema === undefined
  const name = isStruct ? structName(symbol) : kind
  const place = {validator: await validatorOf(isStruct ? exportedName(symbol) : schema), at: [], path: kind}
  const definition = await objectOf(checker.getDeclaredTypeOfSymbol(symbol), place, isStruct ? kind : undefined)
  // one schema serves every version a kind can be written in
  definition.properties = {...definition.properties, apiVersion: 'string', kind: 'string', metadata: '#meta/ObjectMeta'}
  definitions[name] = definition
  return name
}

/** `core/Container`, `apps/DeploymentSpec`, `meta/ObjectMeta`: the Go package's group and the struct. */
function structName(symbol) {
  const {fileName} = symbol.declarations[0].getSourceFile()
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
    const places = ['kubernetes-models', '@kubernetes-models/apimachinery', '@kubernetes-models/istio']
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
  for (const property of checker.getPropertiesOfType(type)) {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0
    const written = checker.getTypeOfSymbol(property)
    const {name} = property
    properties[name] = await typeOf(
      checker.getNonNullableType(written),
      {
        ...place,
        at: [...place.at, name],
        path: `${place.path}.${name}`,
        goType: GO_STRINGS[`${goName}.${name}`],
      },
      property,
    )
    if (!optional && name !== 'apiVersion' && name !== 'kind') required.push(name)
  }
  return {...(goName === undefined ? {} : {goName}), properties, ...(required.length === 0 ? {} : {required})}
}

async function typeOf(type, place, property) {
  const scalar = property === undefined ? undefined : scalarNamed(property)
  if (scalar !== undefined) return scalar
  if (type.isIntersection()) return typeOf(type.types[0], place) // oneOf is written as `A & (…)`: A has all the fields
  if (type.flags & ts.TypeFlags.BooleanLike || (type.isUnion() && type.types.every((one) => one.flags & ts.TypeFlags.BooleanLike))) return 'boolean'
  if (type.isUnion()) return unionOf(type, place)
  if (type.flags & ts.TypeFlags.StringLike) return stringOf(place, type.isStringLiteral() ? [type.value] : undefined)
  if (type.flags & ts.TypeFlags.NumberLike) return numberOf(place)
  if (checker.isArrayType(type))
    return `[]${await typeOf(checker.getTypeArguments(type)[0], {...place, at: [...place.at, 0], path: `${place.path}[]`}, undefined)}`
  const values = type.getStringIndexType?.()
  if (values !== undefined && checker.getPropertiesOfType(type).length === 0)
    return `{}${await typeOf(values, {...place, at: [...place.at, 'a'], path: `${place.path}{}`})}`
  if ((type.flags & ts.TypeFlags.Object) === 0) return 'any'
  return referenceTo(type, place)
}

/** `Quantity` and the like are aliases of plain types: only the declaration still has the name. */
function scalarNamed(property) {
  const node = property.valueDeclaration?.type
  if (node === undefined || !ts.isTypeReferenceNode(node)) return undefined
  return SCALARS[Object.keys(SCALARS).find((name) => new RegExp(`^I(IoK8s\\w*)?${name}$`).test(node.typeName.getText()))]
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
  if (values !== undefined) return `=${values.join('|')}${go}`
  return `${format === 'byte' || format === 'date-time' ? format : 'string'}${go}`
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

/** Places in custom kinds begin with the kind, places in structs with a group. */
function isCustom({path: place}) {
  return /^[A-Z]/.test(place)
}

/** What the package's validator says of `value` at the field. */
function complaints({validator, at}, value) {
  const whole = at.reduceRight((inner, key) => (key === 0 ? [inner] : {[key]: inner}), value)
  const pointer = at.map((key) => `/${key}`).join('')
  return validator(whole).filter(({instancePath}) => instancePath === pointer)
}
