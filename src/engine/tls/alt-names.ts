import type {X509Certificate} from 'node:crypto'

/**
 * Whether a certificate carries one of the names: as DNS name (where the certificate's may have a wildcard in its first label), URI, IP or e-mail
 * address. Source: Envoy's exact `match_typed_subject_alt_names` and `Utility::dnsNameMatch`.
 */
export function carriesOneOf(certificate: Pick<X509Certificate, 'subjectAltName'>, names: readonly string[]): boolean {
  const carried = parseAltNames(certificate.subjectAltName ?? '')
  return carried.some(({type, value}) => names.some((name) => (type === 'DNS' ? dnsMatches(value, name) : value === name)))
}

interface AltName {
  /** OpenSSL's word: `DNS`, `URI`, `IP Address`, `email` … */
  readonly type: string
  readonly value: string
}

/** Node's text: `DNS:a.example, URI:spiffe://x`, a value with anything unusual in it as a JSON string. */
function parseAltNames(text: string): readonly AltName[] {
  return [...text.matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, type = '', value = '']) => ({
    type,
    value: value.startsWith('"') ? String(JSON.parse(value)) : value,
  }))
}

function dnsMatches(pattern: string, name: string): boolean {
  const [wanted, asked] = [pattern.toLowerCase(), name.toLowerCase()]
  if (wanted === asked) return true
  const [label, rest] = splitLabel(wanted)
  const [askedLabel, askedRest] = splitLabel(asked)
  const [start, end, ...more] = label.split('*')
  if (start === undefined || end === undefined || more.length > 0 || label.startsWith('xn--') || rest === '' || rest !== askedRest) return false
  return askedLabel.length >= label.length && askedLabel.startsWith(start) && askedLabel.endsWith(end)
}

function splitLabel(name: string): readonly [label: string, rest: string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)]
}
