const BREAK = /^[\r\n\u0085\u2028\u2029]$/
const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g
const PLAIN = /^[\x20-\x7e]*$/
const INDENT = 2
const WIDTH = 80
const PIECES = 4096

/**
 * The pen of the YAML emitter: what has been written, where it stands, and whether what precedes on the line is only white space
 * or indentation. Columns count characters. Source: libyaml's emitter as go-yaml v2 has it.
 */
export class YamlWriter {
  /** The newest pieces of the text. One string that grows by them would be a tree with a node for each, which the garbage collector walks again and again. */
  #pieces: string[] = []
  /** What older pieces came to. */
  readonly #written: string[] = []
  #column = 0
  #indent = -INDENT
  /** The last thing written was white space. */
  #afterSpace = true
  /** Nothing but indentation and `-`, `?`, `:` on this line. */
  #inIndentation = true

  get text(): string {
    return [...this.#written, ...this.#pieces].join('')
  }

  get atLineIndent(): boolean {
    return this.#inIndentation
  }

  /** Whether the next space may become a line break. */
  get isBeyondWidth(): boolean {
    return this.#column > WIDTH
  }

  /** Whether no space within `text` could become a line break. */
  hasRoomFor(text: string): boolean {
    return this.#column + text.length < WIDTH
  }

  /** Runs `write` one level deeper, or on the same level when `isDeeper` is false (a list under its key). */
  nested(write: () => void, isDeeper = true): void {
    const outer = this.#indent
    if (isDeeper || outer < 0) this.#indent = Math.max(outer + INDENT, 0)
    write()
    this.#indent = outer
  }

  /** Goes to the current indentation, on a new line unless this one is still free up to there. */
  indent(): void {
    const indent = Math.max(this.#indent, 0)
    const isFree = this.#inIndentation && (this.#column < indent || (this.#column === indent && this.#afterSpace))
    if (!isFree) this.lineBreak('\n')
    this.#put(' '.repeat(Math.max(indent - this.#column, 0)))
    this.#afterSpace = true
    this.#inIndentation = true
  }

  /** `-`, `?` and complex `:`: what follows may start on this line as if it were indentation. */
  blockIndicator(indicator: string): void {
    this.#separate()
    this.#put(indicator)
    this.#afterSpace = false
  }

  /** A scalar's first character: apart from what precedes. */
  begin(opening: string): void {
    this.#separate()
    this.append(opening)
    this.#afterSpace = false
    this.#inIndentation = false
  }

  append(text: string): void {
    this.#put(text)
    if (text !== '') this.#inIndentation = false
  }

  /** A space, or a break in its place, within folded text. */
  space(fold: boolean): void {
    if (fold) this.indent()
    else this.#put(' ')
  }

  /** One of YAML 1.1's line breaks, kept as it is. */
  lineBreak(char: string): void {
    this.#add(char)
    this.#column = 0
    this.#inIndentation = true
  }

  /** After a block scalar's header. */
  headerEnd(): void {
    this.lineBreak('\n')
    this.#afterSpace = true
  }

  #separate(): void {
    if (!this.#afterSpace) this.#put(' ')
  }

  #add(text: string): void {
    if (this.#pieces.push(text) < PIECES) return
    this.#written.push(this.#pieces.join(''))
    this.#pieces = []
  }

  #put(text: string): void {
    this.#add(text)
    this.#column += PLAIN.test(text) ? text.length : text.length - (text.match(SURROGATE_PAIR)?.length ?? 0)
  }
}

export function isBreak(char: string): boolean {
  return BREAK.test(char)
}
