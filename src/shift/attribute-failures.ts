import type {Exposure} from './state.js'

/** What the gateway counted during a verification, for one cluster. */
export interface ClusterDelta {
  /** Connections whose draw fell on it. */
  readonly picked: number
  /** Those of them that it could not connect to anything: refused, nothing healthy, over a limit. */
  readonly unserved: number
}

export interface Seen {
  /** Connections that the probe made, answered or not. */
  readonly tried: number
  /** Those without an answer. */
  readonly failed: number
  /** Answers of each side; null where answers do not tell the sides apart. */
  readonly answered: {readonly canary: number; readonly stable: number} | null
  readonly canary: ClusterDelta
  readonly stable: ClusterDelta
  /** Connections of the route that fell on any other destination. */
  readonly othersPicked: number
}

export interface Attribution {
  readonly canary: Exposure
  readonly stable: Exposure
  /** Failures of the probe that nobody can be blamed for. */
  readonly unattributed: number
}

/**
 * Which side failed. A client cannot tell who closed its connection without an answer, the gateway cannot tell that a connection it made was
 * never answered; together they can, as long as the probe's connections are the only ones: what was drawn and not answered failed. With others'
 * connections among them, or where answers do not tell the sides apart, the gateway's own failures (others' too) are what can be attributed, and the
 * rest is said to be unattributed, unless one side got everything.
 */
export function attributeFailures({tried, failed, answered, canary, stable, othersPicked}: Seen): Attribution {
  if (answered !== null && canary.picked + stable.picked + othersPicked === tried) {
    return {
      canary: {tried: canary.picked, failed: Math.max(0, canary.picked - answered.canary)},
      stable: {tried: stable.picked, failed: Math.max(0, stable.picked - answered.stable)},
      unattributed: 0,
    }
  }
  const isAlone = ({picked}: ClusterDelta) => picked === tried && canary.picked + stable.picked + othersPicked === tried
  return {
    canary: {tried: canary.picked, failed: isAlone(canary) ? failed : canary.unserved},
    stable: {tried: stable.picked, failed: isAlone(stable) ? failed : stable.unserved},
    unattributed: isAlone(canary) || isAlone(stable) ? 0 : Math.max(0, failed - canary.unserved - stable.unserved),
  }
}
