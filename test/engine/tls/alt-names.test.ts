import {expect, test} from 'vitest'
import {carriesOneOf} from '../../../src/engine/tls/alt-names.js'

test.each<[string, string | undefined, readonly string[], boolean]>([
  ['a DNS name', 'DNS:other.example, DNS:a.example', ['a.example'], true],
  ['a DNS name in other letters', 'DNS:A.Example', ['a.eXample'], true],
  ['a wildcard', 'DNS:*.example.com', ['a.example.com'], true],
  ['a wildcard within a label', 'DNS:a*c.example', ['abbc.example'], true],
  ['a wildcard for two labels', 'DNS:*.example.com', ['a.b.example.com'], false],
  ['a wildcard for no label', 'DNS:*.example.com', ['example.com'], false],
  ['a wildcard that is asked for', 'DNS:a.example', ['*.example'], false],
  ['a bare wildcard', 'DNS:*', ['example'], false],
  ['a URI', 'DNS:x, URI:spiffe://cluster.local/ns/a/sa/b', ['spiffe://cluster.local/ns/a/sa/b'], true],
  ['a URI that only begins so', 'URI:spiffe://cluster.local/ns/a/sa/bc', ['spiffe://cluster.local/ns/a/sa/b'], false],
  ['an address', 'IP Address:10.0.0.1', ['10.0.0.1'], true],
  ['a value with a comma, as Node writes it', 'DNS:"a, DNS:b.example", DNS:c', ['b.example'], false],
  ['one of several', 'DNS:b', ['a', 'b'], true],
  ['none at all', undefined, ['a'], false],
])('%s', (_, subjectAltName, names, isThere) => {
  expect(carriesOneOf({subjectAltName}, names)).toBe(isThere)
})
