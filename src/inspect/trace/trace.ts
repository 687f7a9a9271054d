/** A field of an object: what made a decision. */
export interface Place {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly path: readonly (string | number)[]
}

export type StepKind = 'listener' | 'gateway' | 'route' | 'passed-over' | 'destination' | 'rule' | 'policy' | 'endpoint' | 'note'

/** One decision on the way of a connection. */
export interface Step {
  readonly kind: StepKind
  readonly text: string
  readonly place?: Place
  /** 0 for the way up to the route, 1 for what belongs to one destination. */
  readonly depth: 0 | 1
}

/** The first thing that keeps a connection from an endpoint. */
export interface BrokenLink {
  readonly text: string
  /** What to do about it. */
  readonly mend: string
  readonly place?: Place
  /** Envoy's response flag of such connections; absent where they are refused. */
  readonly flag?: 'NR' | 'NC' | 'UH' | 'UF,URX'
}

/** A way, as far as it leads. */
export interface Trail {
  readonly steps: readonly Step[]
  readonly broken?: BrokenLink
}

/** The way of a connection from the listener to the endpoints it may reach. */
export interface Trace extends Trail {
  /** `127.0.0.1:31400` */
  readonly target: string
}

/** Trails one after the other; the first broken link is that of the whole. */
export function joinTrails(trails: readonly Trail[]): Trail {
  const broken = trails.find((trail) => trail.broken !== undefined)?.broken
  return {steps: trails.flatMap(({steps}) => steps), ...(broken === undefined ? {} : {broken})}
}
