import {parseDocument, type ParsedNode} from 'yaml'
import {syntaxMessage} from './syntax-message.js'
import {tooDeep} from './to-json.js'
import {Unreadable} from './unreadable.js'

/** What go-yaml's reader refuses in any text. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/**
 * The syntax tree of one YAML or JSON document, every scalar still text; null when there is nothing but comments.
 * Throws Unreadable for what is not YAML.
 */
export function parseYaml(text: string): ParsedNode | null {
  const control = text.search(CONTROL)
  if (control !== -1) throw new Unreadable('yaml', 'control characters are not allowed', control)
  const {contents, errors} = parseTree(text)
  const [error] = errors
  if (error?.code === 'RESOURCE_EXHAUSTION') throw tooDeep(error.pos[0])
  if (error !== undefined) throw new Unreadable('yaml', syntaxMessage(error), error.pos[0])
  return contents
}

/** The failsafe schema leaves the meaning of scalars, keys and tags to us; `prettyErrors` would put positions into the messages. */
function parseTree(text: string) {
  try {
    return parseDocument(text, {version: '1.1', schema: 'failsafe', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'error'})
  } catch (cause) {
    // The library recurses with the nesting and does not always notice itself that the stack is full.
    if (cause instanceof RangeError) throw tooDeep(0)
    throw cause
  }
}
