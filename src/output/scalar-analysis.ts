/** In which styles a text can be written without changing its meaning. */
export interface ScalarAnalysis {
  readonly multiline: boolean
  readonly plainAllowed: boolean
  readonly singleQuotedAllowed: boolean
  readonly blockAllowed: boolean
}

const BREAK = /[\r\n\u0085\u2028\u2029]/
/** At the start of a text these begin something else than a plain scalar. */
const LEADING_INDICATOR = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)/
/** A mapping value's colon, or a comment after white space. */
const INNER_INDICATOR = /.:(?:[ \t]|$)|[ \t\0\r\n\u0085\u2028\u2029]#/s
const SPACE_BEFORE_BREAK = / [\r\n\u0085\u2028\u2029]/
const SPACE_AFTER_BREAK = /[\r\n\u0085\u2028\u2029] /
const EDGE = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/
/** What go-yaml does not print as it is: controls (tab and CR among them), C1, surrogate pairs, BOM. */
const UNPRINTABLE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u

/** Source: libyaml's emitter (`yaml_emitter_analyze_scalar`) as go-yaml v2 has it, for block context. */
export function analyzeScalar(text: string): ScalarAnalysis {
  if (text === '') return {multiline: false, plainAllowed: true, singleQuotedAllowed: true, blockAllowed: false}
  const multiline = BREAK.test(text)
  const special = SPACE_BEFORE_BREAK.test(text) || UNPRINTABLE.test(text)
  const indicators = LEADING_INDICATOR.test(text) || INNER_INDICATOR.test(text)
  const singleQuotedAllowed = !special && !SPACE_AFTER_BREAK.test(text)
  return {
    multiline,
    plainAllowed: singleQuotedAllowed && !multiline && !indicators && !EDGE.test(text),
    singleQuotedAllowed,
    blockAllowed: !special && !text.endsWith(' '),
  }
}
