/** Half the width of a bucket, relative to its middle: no quantile is further from the exact one than this. */
const RELATIVE_ERROR = 0.005
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const LN_GAMMA = Math.log(GAMMA)
/** What is measured lies between a microsecond and a day; anything else is counted at the ends. */
const MIN_MS = 1e-3
const MAX_MS = 86_400_000
const BUCKETS = Math.ceil(Math.log(MAX_MS / MIN_MS) / LN_GAMMA) + 1

/** The distribution of a stream of durations in constant memory (20 KB). */
export interface LatencyHistogram {
  readonly count: number
  /** Counts one duration. */
  record(ms: number): void
  /** The smallest duration that at least the share `q` of all is no longer than (nearest rank), within 0.5 %; exact for 0 and 1. Undefined while empty. */
  quantile(q: number): number | undefined
  /** Exact up to rounding. Undefined while empty. */
  mean(): number | undefined
}

/** Buckets of equal width on a logarithmic scale (Masson, Rim and Lee, DDSketch, VLDB 2019). */
export function latencyHistogram(): LatencyHistogram {
  const buckets = new Float64Array(BUCKETS)
  let count = 0
  let sumMs = 0
  let minMs = Infinity
  let maxMs = -Infinity

  return {
    get count() {
      return count
    },
    record(ms) {
      const bucket = bucketOf(ms)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      count += 1
      sumMs += ms
      minMs = Math.min(minMs, ms)
      maxMs = Math.max(maxMs, ms)
    },
    quantile(q) {
      if (count === 0) return undefined
      if (q <= 0) return minMs
      const rank = Math.min(count, Math.ceil(q * count))
      if (rank === count) return maxMs
      let seen = 0
      const bucket = buckets.findIndex((inBucket) => (seen += inBucket) >= rank)
      return Math.min(maxMs, Math.max(minMs, middleOf(bucket)))
    },
    mean: () => (count === 0 ? undefined : sumMs / count),
  }
}

/** Bucket b holds the durations in (MIN·γ^(b-1), MIN·γ^b]. */
function bucketOf(ms: number): number {
  const bucket = Math.ceil(Math.log(ms / MIN_MS) / LN_GAMMA)
  return Math.max(0, Math.min(BUCKETS - 1, bucket))
}

/** The value whose relative distance to both ends of the bucket is the same. */
function middleOf(bucket: number): number {
  return (MIN_MS * 2 * GAMMA ** bucket) / (GAMMA + 1)
}
