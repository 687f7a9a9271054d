/** What the YAML library found wrong. */
export interface SyntaxFault {
  readonly code: string
  readonly message: string
}

/** libyaml's sentence for each fault, first match wins: `code` of the library, a pattern for its message, the sentence. */
const SENTENCES: readonly (readonly [code: string, pattern: RegExp, sentence: string])[] = [
  ['BAD_INDENT', /^Flow sequence/, "did not find expected ',' or ']'"],
  ['BAD_INDENT', /^Flow map/, "did not find expected ',' or '}'"],
  ['BAD_INDENT', /sequence items/, "did not find expected '-' indicator"],
  ['BAD_INDENT', /./, 'did not find expected key'],
  ['BLOCK_AS_IMPLICIT_KEY', /./, 'mapping values are not allowed in this context'],
  ['MULTILINE_IMPLICIT_KEY', /./, 'mapping values are not allowed in this context'],
  ['MISSING_CHAR', /closing .*quote/, 'found unexpected end of stream'],
  ['MISSING_CHAR', /map values/, "could not find expected ':'"],
  ['MISSING_CHAR', /directives-end/, 'did not find expected <document start>'],
  ['MISSING_CHAR', /flow sequence/i, "did not find expected ',' or ']'"],
  ['MISSING_CHAR', /flow map/i, "did not find expected ',' or '}'"],
  ['MISSING_CHAR', /./, 'did not find expected key'],
  ['TAB_AS_INDENT', /./, 'found a tab character that violates indentation'],
  ['BAD_SCALAR_START', /./, 'found character that cannot start any token'],
  ['BAD_DQ_ESCAPE', /./, 'found unknown escape character'],
  ['MULTIPLE_DOCS', /./, 'did not find expected <document start>'],
  ['UNEXPECTED_TOKEN', /Block scalar header/, 'did not find expected comment or line break'],
  ['UNEXPECTED_TOKEN', /./, 'did not find expected node content'],
]

/** The fault in the words kubectl's users know, followed by what the library says, which is plainer. */
export function syntaxMessage({code, message}: SyntaxFault): string {
  const [first = ''] = message.split('\n')
  const detail = code === 'MULTIPLE_DOCS' ? 'documents are separated by ---' : first.charAt(0).toLowerCase() + first.slice(1)
  const sentence = SENTENCES.find(([known, pattern]) => known === code && pattern.test(message))?.[2]
  return sentence === undefined ? detail : `${sentence} (${detail})`
}
