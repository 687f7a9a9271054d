import {Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq} from 'yaml'
import {splitDocuments} from './split-documents.js'

/** A destination of a tcp route, or a backend of a TCPRoute, as it should stand in the file. */
export interface WrittenDestination {
  readonly name?: string
  readonly namespace?: string
  readonly port?: number
  readonly destination?: {readonly host?: string; readonly subset?: string; readonly port?: {readonly number?: number}}
  readonly weight?: number
}

export interface WeightEdit {
  readonly kind: 'VirtualService' | 'TCPRoute'
  readonly name: string
  /** Documents that name another namespace are not meant. */
  readonly namespace: string
  /** Index in `spec.tcp`, or `spec.rules` of a TCPRoute. */
  readonly rule: number
  /** The destinations, or a TCPRoute's backends. */
  readonly items: readonly WrittenDestination[]
}

/**
 * The text with other weights in one route of one VirtualService or TCPRoute, everything else as it was, comments included. Numbers are replaced where they
 * stand; a weight or destination that is not written yet is added, which may lay out that one document anew. Undefined where the text has no such route.
 */
export function editWeights(text: string, edit: WeightEdit): string | undefined {
  for (const chunk of splitDocuments(text)) {
    const edited = editDocument(chunk.text, edit)
    if (edited !== undefined) return text.slice(0, chunk.offset) + edited + text.slice(chunk.offset + chunk.text.length)
  }
  return undefined
}

function editDocument(text: string, {kind, name, namespace, rule, items}: WeightEdit): string | undefined {
  const document = parseDocument(text, {logLevel: 'silent'})
  if (document.errors.length > 0 || document.get('kind') !== kind || document.getIn(['metadata', 'name']) !== name) return undefined
  if ((document.getIn(['metadata', 'namespace']) ?? namespace) !== namespace) return undefined
  const written = document.getIn(kind === 'TCPRoute' ? ['spec', 'rules', rule, 'backendRefs'] : ['spec', 'tcp', rule, 'route'])
  if (!isSeq(written)) return undefined
  return replaceNumbers(text, written, items) ?? rewrite(text, document, {written, items})
}

/** Undefined where something has to be added. */
function replaceNumbers(text: string, written: YAMLSeq, items: readonly WrittenDestination[]): string | undefined {
  const places = items.map((destination) => {
    const weight = itemFor(written, destination)?.get('weight', true)
    return isScalar(weight) && weight.range ? {from: weight.range[0], to: weight.range[1], weight: destination.weight} : undefined
  })
  if (places.some((place) => place?.weight === undefined)) return undefined
  const known = places.flatMap((place) => (place === undefined ? [] : [place])).sort((a, b) => b.from - a.from)
  return known.reduce((result, {from, to, weight}) => result.slice(0, from) + String(weight) + result.slice(to), text)
}

function rewrite(text: string, document: Document, {written, items}: {readonly written: YAMLSeq; readonly items: readonly WrittenDestination[]}): string {
  for (const destination of items) {
    const item = itemFor(written, destination)
    if (item === undefined) written.add(document.createNode(destination))
    else if (destination.weight !== undefined) item.set('weight', destination.weight)
  }
  const lead = /^[ \t]*\n/.exec(text)?.[0] ?? '' // what is left of the separator's line
  return lead + document.toString({lineWidth: 0, indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*(#[^\n]*)?\n\1- /m.test(text)})
}

function itemFor(written: YAMLSeq, {destination = {}, name = '', namespace = ''}: WrittenDestination): YAMLMap | undefined {
  const isMeant = (item: YAMLMap) =>
    (item.get('name') ?? '') === name &&
    (item.get('namespace') ?? '') === namespace &&
    (item.getIn(['destination', 'host']) ?? '') === (destination.host ?? '') && (item.getIn(['destination', 'subset']) ?? '') === (destination.subset ?? '')
  return written.items.find((item): item is YAMLMap => isMap(item) && isMeant(item))
}
