/** One step of a path. Each takes the values found so far and yields the next ones. */
export type Node =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'literal'; readonly value: number | boolean}
  | {readonly type: 'field'; readonly name: string}
  | {readonly type: 'wildcard'}
  | {readonly type: 'recursive'}
  | {readonly type: 'slice'; readonly slice: Slice}
  | {readonly type: 'union'; readonly paths: readonly (readonly Node[])[]}
  | {readonly type: 'filter'; readonly left: readonly Node[]; readonly operator: string; readonly right: readonly Node[]}
  /** `range`, `end`, or a word that means nothing and fails when it is evaluated. */
  | {readonly type: 'identifier'; readonly name: string}

/** `[start:end:step]`; an index `[n]` is the slice of one whose `end` is implied. */
export interface Slice {
  readonly start: number | undefined
  readonly end: number | undefined
  readonly step: number | undefined
  readonly isIndex: boolean
}

/** A template: its literal texts and its `{…}` actions, in order. */
export type Template = readonly (readonly Node[])[]
