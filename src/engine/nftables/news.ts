/** Says of each topic what is the matter when it begins to be so, not each time that it is looked at. */
export class News {
  readonly #told = new Map<string, string>()

  constructor(private readonly log: (line: string) => void) {}

  /** Undefined: nothing is the matter, or no longer. */
  tell(topic: string, line: string | undefined): void {
    if (line !== undefined && this.#told.get(topic) !== line) this.log(line)
    if (line === undefined) this.#told.delete(topic)
    else this.#told.set(topic, line)
  }
}
