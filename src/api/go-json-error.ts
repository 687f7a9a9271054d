const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/
const STRING = /^"([^"\\\u0000-\u001f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/
const END = 'unexpected end of JSON input'

/**
 * What Go says of a text that is no JSON, or undefined where it is: `unexpected end of JSON input`, `invalid character 'x' looking for beginning of value`.
 * Source: Go `encoding/json` scanner.
 */
export function goJsonError(text: string): string | undefined {
  const scan = new Scan(text)
  try {
    scan.value()
    scan.end()
    return undefined
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

/** A walk through a text; every step throws a SyntaxError in Go's words. */
class Scan {
  #rest: string

  constructor(text: string) {
    this.#rest = text
  }

  value(): void {
    const char = this.#next()
    if (char === '{') this.#members()
    else if (char === '[') this.#elements()
    else if (char === '"') this.#take(STRING, 'in string literal')
    else if (/[-\d]/.test(char)) this.#take(NUMBER, 'in numeric literal')
    else this.#literal()
  }

  end(): void {
    this.#skip()
    if (this.#rest !== '') throw this.#wrong('after top-level value')
  }

  #members(): void {
    this.#drop()
    if (this.#next() === '}') return this.#drop()
    for (;;) {
      if (this.#next() !== '"') throw this.#wrong('looking for beginning of object key string')
      this.#take(STRING, 'in string literal')
      if (this.#next() !== ':') throw this.#wrong('after object key')
      this.#drop()
      this.value()
      if (this.#next() === '}') return this.#drop()
      if (this.#next() !== ',') throw this.#wrong('after object key:value pair')
      this.#drop()
    }
  }

  #elements(): void {
    this.#drop()
    if (this.#next() === ']') return this.#drop()
    for (;;) {
      this.value()
      if (this.#next() === ']') return this.#drop()
      if (this.#next() !== ',') throw this.#wrong('after array element')
      this.#drop()
    }
  }

  #literal(): void {
    const word = ['true', 'false', 'null'].find((known) => known[0] === this.#rest[0])
    if (word === undefined) throw this.#wrong('looking for beginning of value')
    for (const expected of word) {
      if (this.#rest === '') throw new SyntaxError(END)
      if (this.#rest[0] !== expected) throw this.#wrong(`in literal ${word} (expecting '${expected}')`)
      this.#drop()
    }
  }

  #take(pattern: RegExp, place: string): void {
    const [whole] = pattern.exec(this.#rest) ?? []
    if (whole === undefined) throw this.#broken(pattern, place)
    this.#rest = this.#rest.slice(whole.length)
  }

  /** The longest beginning that could still have become one decides which character is wrong; where there is none, the text is over too early. */
  #broken(pattern: RegExp, place: string): SyntaxError {
    const open = pattern === STRING ? /^"([^"\\\u0000-\u001f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*/ : /^-?/
    this.#rest = this.#rest.slice((open.exec(this.#rest)?.[0] ?? '').length)
    return this.#rest === '' || this.#rest === '\\' ? new SyntaxError(END) : this.#wrong(place)
  }

  #next(): string {
    this.#skip()
    if (this.#rest === '') throw new SyntaxError(END)
    return this.#rest[0] ?? ''
  }

  #skip(): void {
    this.#rest = this.#rest.replace(/^[ \t\r\n]+/, '')
  }

  #drop(): void {
    this.#rest = this.#rest.slice(1)
  }

  #wrong(place: string): SyntaxError {
    const char = String.fromCodePoint(this.#rest.codePointAt(0) ?? 0)
    const shown = char === "'" ? "'\\''" : char === '\n' ? "'\\n'" : `'${char}'`
    return new SyntaxError(`invalid character ${shown} ${place}`)
  }
}
