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
  /** Numbers of those that are not in force. */
  readonly #gone = new Set<number>()
  /** By listener, then by key. */
  readonly #numbers = new Map<string, Map<string, number>>()
  #last = 0

  /** Throws where there are no numbers for so many more: before anything is changed. */
  ensureRoom(more: number): void {
    if (this.#byNumber.size + more >= MOST_LEAVES) {
      throw new Error(`more than ${MOST_LEAVES - 1} endpoints in routes: too many for the kernel's connection marks`)
    }
  }

  /** Puts exactly these leaves of a listener in force. Returns those of it whose chain is gone: their connections drain. */
  renew(listener: string, wanted: readonly Leaf[]): readonly NumberedLeaf[] {
    const numbers = this.#numbers.get(listener) ?? new Map<string, number>()
    const groups = new Set(wanted.map(({group}) => group))
    const keys = new Set(wanted.map(({key}) => key))
    const left: NumberedLeaf[] = []
    for (const [key, number] of numbers) {
      if (keys.has(key)) continue
      const gone = {leaf: this.#get(number).leaf, number, isInForce: false}
      this.#byNumber.set(number, gone)
      this.#gone.add(number)
      if (groups.has(gone.leaf.group)) continue // only its endpoint is gone, and it may come back
      numbers.delete(key)
      left.push(gone)
    }
    for (const leaf of wanted) this.#putInForce(leaf, numbers)
    if (numbers.size > 0) this.#numbers.set(listener, numbers)
    else this.#numbers.delete(listener)
    return left
  }

  /** Of a leaf that is in force. */
  numberOf(leaf: Leaf): number {
    const number = this.#numbers.get(leaf.listener)?.get(leaf.key)
    if (number === undefined) throw new Error(`no number for ${leaf.key}`)
    return number
  }

  get(number: number): NumberedLeaf | undefined {
    return this.#byNumber.get(number)
  }

  all(): readonly NumberedLeaf[] {
    return [...this.#byNumber.values()]
  }

  /** Those that are not in force. */
  gone(): readonly NumberedLeaf[] {
    return [...this.#gone].map((number) => this.#get(number))
  }

  /** One that is not in force, and that nothing will ever be counted for again. */
  forget({leaf, number}: NumberedLeaf): void {
    this.#byNumber.delete(number)
    this.#gone.delete(number)
    const numbers = this.#numbers.get(leaf.listener)
    if (numbers?.get(leaf.key) === number) numbers.delete(leaf.key)
  }

  #putInForce(leaf: Leaf, numbers: Map<string, number>): void {
    const number = numbers.get(leaf.key) ?? this.#next()
    numbers.set(leaf.key, number)
    this.#gone.delete(number)
    this.#byNumber.set(number, {leaf, number, isInForce: true})
  }

  #get(number: number): NumberedLeaf {
    const found = this.#byNumber.get(number)
    if (found === undefined) throw new Error(`no leaf ${number}`)
    return found
  }

  /** Ends: there is room. */
  #next(): number {
    do this.#last = (this.#last % (MOST_LEAVES - 1)) + 1
    while (this.#byNumber.has(this.#last))
    return this.#last
  }
}
