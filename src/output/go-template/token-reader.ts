import {describeToken, type Token, type TokenType} from './token.js'

/** Reads tokens one by one, goes back where needed, and knows what an error has to say of the place. */
export class TokenReader {
  /** Of the `{{` that is being read. */
  actionLine = 0
  /** How many ranges surround the place. */
  rangeDepth = 0
  readonly #source: Iterator<Token>
  readonly #read: Token[] = []
  readonly #name: string
  readonly #functions: ReadonlySet<string>
  #variables: readonly string[] = ['$']
  #at = 0

  constructor(tokens: Iterable<Token>, name: string, functions: ReadonlySet<string>) {
    this.#source = tokens[Symbol.iterator]()
    this.#name = name
    this.#functions = functions
  }

  next(): Token {
    const token = this.peek()
    this.#at++
    return token
  }

  peek(): Token {
    while (this.#read.length <= this.#at) {
      const {value, done} = this.#source.next()
      const last = this.#read.at(-1) ?? {type: 'end', text: '', at: 0, line: 1}
      this.#read.push(done === true ? {...last, type: 'end', text: ''} : value)
    }
    return this.#read[this.#at] as Token
  }

  /** The next token that is no white space. */
  nextWord(): Token {
    while (this.peek().type === 'space') this.#at++
    return this.next()
  }

  peekWord(): Token {
    while (this.peek().type === 'space') this.#at++
    return this.peek()
  }

  mark(): number {
    return this.#at
  }

  reset(mark: number): void {
    this.#at = mark
  }

  expect(type: TokenType, context: string): Token {
    const token = this.nextWord()
    if (token.type !== type) throw this.unexpected(token, context)
    return token
  }

  hasFunction(name: string): boolean {
    return this.#functions.has(name)
  }

  hasVariable(name: string): boolean {
    return this.#variables.includes(name)
  }

  declare(name: string): void {
    this.#variables = [...this.#variables, name]
  }

  /** Variables declared in `act` end with it; in a definition those outside are not there. */
  inScope<T>(isDefinition: boolean, act: () => T): T {
    const [variables, rangeDepth] = [this.#variables, this.rangeDepth]
    if (isDefinition) {
      this.#variables = ['$']
      this.rangeDepth = 0
    }
    const result = act()
    this.#variables = variables
    this.rangeDepth = rangeDepth
    return result
  }

  problem(text: string): Error {
    const {line} = this.#read[Math.max(this.#at - 1, 0)] ?? {line: 1}
    return new Error(`template: ${this.#name}:${line}: ${text}`)
  }

  unexpected(token: Token, context: string): Error {
    if (token.type !== 'error') return this.problem(`unexpected ${describeToken(token)} in ${context}`)
    if (this.actionLine === 0 || this.actionLine === token.line) return this.problem(token.text)
    const started = `${token.text.endsWith(' action') ? '' : ' in action'} started at ${this.#name}:${this.actionLine}`
    return this.problem(`${token.text}${started}`)
  }
}
