import {expect, test} from 'vitest'
import {protocolOf} from '../../../src/routing/sidecars/port-protocol.js'

test.each([
  [{}, 'tcp'],
  [{name: 'tcp'}, 'tcp'],
  [{name: 'mongo-db'}, 'tcp'],
  [{name: 'something'}, 'tcp'],
  [{name: 'http'}, 'http'],
  [{name: 'HTTP2-web'}, 'http'],
  [{name: 'grpc-web-x'}, 'http'],
  [{name: 'httpd'}, 'tcp'],
  [{name: 'tls-db'}, 'tls'],
  [{name: 'https'}, 'tls'],
  [{name: 'http', appProtocol: 'tcp'}, 'tcp'],
  [{name: 'tcp', appProtocol: 'https'}, 'tls'],
  [{name: 'tcp', appProtocol: 'kubernetes.io/h2c'}, 'http'],
])('a port %j is %s to a sidecar', (port, expected) => {
  expect(protocolOf({port: 1, ...port})).toBe(expected)
})
