/** The status line and headers of an HTTP/1.1 response. */
export interface ResponseHead {
  readonly status: number
  /** By lower-case name; the last of a name counts. */
  readonly headers: ReadonlyMap<string, string>
  /** Bytes up to and with the empty line. */
  readonly length: number
}

/** Longer heads are refused (Envoy's `max_request_headers_kb`, which holds for responses too). */
const MAX_HEAD_BYTES = 60 * 1024

const HEAD_END = Buffer.from('\r\n\r\n')

/** Reads the head at the start of `bytes`; 'more' where its end has not come yet, undefined where it is no HTTP/1 response or too long. Never throws. */
export function parseResponseHead(bytes: Buffer): ResponseHead | 'more' | undefined {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf(HEAD_END)
  if (end < 0) return bytes.length < MAX_HEAD_BYTES ? 'more' : undefined
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1]
  if (status === undefined) return undefined
  const headers = new Map(lines.map((line) => [line.replace(/:.*$/s, '').toLowerCase(), line.replace(/^[^:]*:\s*/, '').trim()] as const))
  return {status: Number(status), headers, length: end + HEAD_END.length}
}
