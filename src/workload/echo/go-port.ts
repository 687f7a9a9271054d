/** A port as Go's `net.Listen` understands it, or the error it gives. */
export type GoPort = {readonly type: 'port'; readonly port: number} | {readonly type: 'error'; readonly text: string}

/** Parses what stands after the colon of a listen address. Source: Go `net.Resolver.LookupPort`; an empty port is any free one. */
export function parseGoPort(text: string): GoPort {
  if (!/^[+-]?\d*$/.test(text)) return {type: 'error', text: `lookup tcp/${text}: unknown port`}
  const port = Number(text || 0)
  if (!(port >= 0 && port <= 65535)) return {type: 'error', text: `address ${text}: invalid port`}
  return {type: 'port', port}
}
