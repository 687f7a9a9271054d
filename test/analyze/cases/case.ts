/** A manifest, and what one analyzer has to say of it. */
export interface Case {
  /** The analyzer. */
  readonly of: string
  readonly that: string
  readonly given: string
  /** Without the file, as `CODE Kind namespace/name:line: text`. */
  readonly says: readonly string[]
}
