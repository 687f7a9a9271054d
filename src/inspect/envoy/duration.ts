/** Milliseconds as protobuf's JSON writes a Duration: `10s`, `0.250s`. */
export function protoDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${(ms / 1000).toFixed(3)}s`
}
