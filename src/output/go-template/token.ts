export type TokenType =
  | 'text' | 'open' | 'close' | 'space' | 'field' | 'variable' | 'identifier' | 'keyword' | 'dot' | 'nil' | 'bool'
  | 'number' | 'string' | 'raw-string' | 'character' | 'pipe' | 'declare' | 'assign' | 'comma' | 'left-paren' | 'right-paren' | 'char' | 'error' | 'end'

/** A piece of a template. `at` is its place in the text, `line` counts from 1. */
export interface Token {
  readonly type: TokenType
  readonly text: string
  readonly at: number
  readonly line: number
}

/** How a token is called in an error. Source: Go `text/template/parse.item.String`. */
export function describeToken({type, text}: Token): string {
  if (type === 'end') return 'EOF'
  if (type === 'error') return text
  if (type === 'keyword' || type === 'dot' || type === 'nil') return `<${text}>`
  return [...text].length > 10 ? `${JSON.stringify([...text].slice(0, 10).join(''))}...` : JSON.stringify(text)
}
