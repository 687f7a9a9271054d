import type {Leaf} from './leaf.js'
import {MOST_LEAVES} from './mark.js'

export interface NumberedLeaf {
  readonly leaf: Leaf
  readonly number: number
  /** New connections may still be drawn to it. */
  readonly isInForce: boolean
}

/**
 * Numbers for leaves. A leaf keeps its number as long as its chain stays the same; when a chain comes back after it was changed, its connections are others
 * than those that drain, and so are its numbers.
 */
export class Leaves {
  readonly #byNumber = new Map<number, NumberedLeaf>()
  readonly #numbers = new Map<string, number>()
  #last = 0

  /** Puts exactly these in force. Returns those whose chain is gone: their connections drain. */
  renew(wanted: readonly Leaf[]): readonly NumberedLeaf[] {
    const groups = new Set(wanted.map(({group}) => group))
    const keys = new Set(wanted.map(({key}) => key))
    const left: NumberedLeaf[] = []
    for (const [key, number] of this.#numbers) {
      if (keys.has(key)) continue
      const {leaf} = this.#get(number)
      this.#byNumber.set(number, {leaf, number, isInForce: false})
      if (groups.has(leaf.group)) continue // only its endpoint is gone, and it may come back
      this.#numbers.delete(key)
      left.push(this.#get(number))
    }
    for (const leaf of wanted) this.#putInForce(leaf)
    return left
  }

  /** Of a leaf that is in force. */
  numberOf(leaf: Leaf): number {
    const number = this.#numbers.get(leaf.key)
    if (number === undefined) throw new Error(`no number for ${leaf.key}`)
    return number
  }

  get(number: number): NumberedLeaf | undefined {
    return this.#byNumber.get(number)
  }

  all(): readonly NumberedLeaf[] {
    return [...this.#byNumber.values()]
  }

  /** One that is not in force, and that nothing will ever be counted for again. */
  forget({leaf, number}: NumberedLeaf): void {
    this.#byNumber.delete(number)
    if (this.#numbers.get(leaf.key) === number) this.#numbers.delete(leaf.key)
  }

  #putInForce(leaf: Leaf): void {
    const number = this.#numbers.get(leaf.key) ?? this.#next()
    this.#numbers.set(leaf.key, number)
    this.#byNumber.set(number, {leaf, number, isInForce: true})
  }

  #get(number: number): NumberedLeaf {
    const found = this.#byNumber.get(number)
    if (found === undefined) throw new Error(`no leaf ${number}`)
    return found
  }

  #next(): number {
    if (this.#byNumber.size >= MOST_LEAVES - 1) throw new Error(`more than ${MOST_LEAVES - 1} endpoints in routes: too many for connection marks`)
    do this.#last = (this.#last % (MOST_LEAVES - 1)) + 1
    while (this.#byNumber.has(this.#last))
    return this.#last
  }
}
