import type {Value} from './value.js'

/** Everything has a place in the template, for errors. */
interface Placed {
  readonly at: number
}

/** What a command's words can be. */
export type Operand =
  | (Placed & {readonly type: 'dot'})
  | (Placed & {readonly type: 'nil'})
  | (Placed & {readonly type: 'constant'; readonly value: Value; readonly text: string; readonly isString: boolean})
  | (Placed & {readonly type: 'field'; readonly names: readonly string[]})
  | (Placed & {readonly type: 'variable'; readonly name: string; readonly names: readonly string[]})
  | (Placed & {readonly type: 'function'; readonly name: string})
  | (Placed & {readonly type: 'pipe'; readonly pipe: Pipe})
  | (Placed & {readonly type: 'chain'; readonly of: Operand; readonly names: readonly string[]})

export interface Command extends Placed {
  readonly operands: readonly Operand[]
}

export interface Pipe extends Placed {
  /** `$x := …` makes variables, `$x = …` sets them. */
  readonly variables: readonly string[]
  readonly isAssignment: boolean
  readonly commands: readonly Command[]
}

export type Node =
  | (Placed & {readonly type: 'text'; readonly text: string})
  | (Placed & {readonly type: 'action'; readonly pipe: Pipe})
  | (Placed & {readonly type: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[]})
  | (Placed & {readonly type: 'template'; readonly name: string; readonly pipe: Pipe | undefined})
  | (Placed & {readonly type: 'break' | 'continue'})

/** The templates of a text by name, the text's own under `output`. */
export type Templates = ReadonlyMap<string, readonly Node[]>
