import {UserError} from '../base/user-error.js'
import {defaultTolerance} from '../stats/gate.js'

/** How far a share may be from its weight: points of the whole, a part of the weight, or five points but less for small weights. */
export type Tolerance = {readonly type: 'default'} | {readonly type: 'points'; readonly points: number} | {readonly type: 'relative'; readonly part: number}

export const DEFAULT_TOLERANCE: Tolerance = {type: 'default'}

/** `--tolerance`: `5` (points), `10%` (of each weight), `default`. Throws UserError with exit code 2. */
export function parseTolerance(text: string): Tolerance {
  if (text.trim() === 'default') return DEFAULT_TOLERANCE
  const [, digits, sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text) ?? []
  const value = Number(digits ?? Number.NaN)
  if (!(value > 0 && value < 100)) {
    throw new UserError(`cannot read "${text}" as a tolerance`, {hint: 'write points, --tolerance 5, or a part of each weight, --tolerance 10%', exitCode: 2})
  }
  return sign === '%' ? {type: 'relative', part: value / 100} : {type: 'points', points: value}
}

interface NamedWeight {
  readonly name: string
  /** As a share of 1. */
  readonly weight: number
}

/**
 * The tolerance of every share, as shares of 1. Throws UserError with exit code 2 where one that the user chose lets a share get nothing at all
 * and pass. (The default may: a weight of 1 % has a point. The gate then waits until every subset has answered.)
 */
export function tolerancesOf(shares: readonly NamedWeight[], tolerance: Tolerance): readonly number[] {
  return shares.map((share) => {
    const found = toleranceOf(share.weight, tolerance)
    if (tolerance.type !== 'default' && share.weight > 0 && found >= share.weight) throw tooWide(share, found)
    return found
  })
}

function toleranceOf(weight: number, tolerance: Tolerance): number {
  switch (tolerance.type) {
    case 'points':
      return tolerance.points / 100
    case 'relative':
      return tolerance.part * weight
    case 'default':
      return defaultTolerance(weight)
  }
}

function tooWide({name, weight}: NamedWeight, tolerance: number): UserError {
  const points = (share: number) => Number((share * 100).toFixed(2))
  const why = `with its weight of ${points(weight)}% it could get nothing and pass`
  return new UserError(`a tolerance of ${points(tolerance)} points is too wide for "${name}": ${why}`, {
    hint: `take less than the weight, --tolerance ${points(weight / 2)}, or a part of it, --tolerance 25%`,
    exitCode: 2,
  })
}
