import type {Printer} from './printer.js'
import {formatReference} from './reference.js'
import type {Section} from './section.js'

/** Stands for the name of what has none, a review for example. */
const UNNAMED = '<unknown>'

/** `-o name`: a reference per line; of a watch event only its object's. */
export function namePrinter(): Printer {
  const printEach = ({type, objects}: Section) => objects.map(({metadata}) => `${formatReference(type, metadata.name ?? UNNAMED)}\n`).join('')
  return {print: (sections) => sections.map((section) => printEach(section)).join(''), printEach}
}
