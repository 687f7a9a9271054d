import {expect, test} from 'vitest'
import type {Pod} from '../../../src/api/kinds/pod.js'
import type {Service} from '../../../src/api/kinds/service.js'
import {parseAddresses} from '../../../src/cli/port-forward/addresses.js'
import {parsePortPair} from '../../../src/cli/port-forward/ports.js'
import {remotePort} from '../../../src/cli/port-forward/remote-port.js'

test.each([
  ['9000', {local: undefined, remote: 9000}],
  ['tcp', {local: undefined, remote: 'tcp'}],
  ['15000:9000', {local: 15000, remote: 9000}],
  [':9000', {local: 0, remote: 9000}],
  ['0:9000', {local: 0, remote: 9000}],
  ['80:tcp-2', {local: 80, remote: 'tcp-2'}],
])('%s is read', (text, pair) => {
  expect(parsePortPair(text)).toEqual(pair)
})

test.each([
  ['', `error parsing remote port '': strconv.ParseUint: parsing "": invalid syntax`],
  ['0', 'remote port must be > 0'],
  ['70000', `error parsing remote port '70000': strconv.ParseUint: parsing "70000": value out of range`],
  ['-1', `error parsing remote port '-1': strconv.ParseUint: parsing "-1": invalid syntax`],
  ['x:1', `error parsing local port 'x': strconv.ParseUint: parsing "x": invalid syntax`],
  ['1:2:3', `invalid port format '1:2:3'`],
])('%j is refused', (text, message) => {
  expect(() => parsePortPair(text)).toThrow(message)
})

test.each([
  [['localhost'], [{address: '127.0.0.1', isOptional: true}, {address: '::1', isOptional: true}]],
  [['10.0.0.1,localhost', '10.0.0.1'], [{address: '10.0.0.1', isOptional: false}, {address: '127.0.0.1', isOptional: true}, {address: '::1', isOptional: true}]],
  [['localhost,127.0.0.1'], [{address: '127.0.0.1', isOptional: false}, {address: '::1', isOptional: true}]],
])('the addresses of %j', (words, expected) => {
  expect(parseAddresses(words)).toEqual(expected)
})

test('an address is one, or localhost', () => {
  expect(() => parseAddresses(['localhost,example.com'])).toThrow('example.com is not a valid IP')
})

const ports = [{name: 'tcp', containerPort: 9000}, {name: 'dns', containerPort: 53, protocol: 'UDP'}]
const pod: Pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p'}, spec: {containers: [{name: 'c', ports}]}}
const service = (clusterIP: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {name: 's'},
  spec: {
    clusterIP,
    ports: [{name: 'web', port: 80, targetPort: 'tcp'}, {name: 'same', port: 9000}, {name: 'bad', port: 81, targetPort: 'none'}, {name: 'dns', port: 53, protocol: 'UDP'}],
  },
})

test.each([
  ['pod', 'tcp', {local: 9000, remote: 9000}],
  ['pod', '1:tcp', {local: 1, remote: 9000}],
  ['pod', '8080', {local: 8080, remote: 8080}],
  ['service', '80', {local: 80, remote: 9000}],
  ['service', 'web', {local: 80, remote: 9000}],
  ['service', ':web', {local: 0, remote: 9000}],
  ['service', '9000', {local: 9000, remote: 9000}],
  ['headless', '80', {local: 80, remote: 80}],
] as const)('of a %s, %s is %j', (what, text, expected) => {
  const behind = what === 'pod' ? undefined : service(what === 'headless' ? 'None' : '127.128.0.1')
  expect(remotePort(parsePortPair(text), pod, behind)).toEqual(expected)
})

test.each([
  ['pod', 'web', "Pod 'p' does not have a named port 'web'"],
  ['pod', 'dns', 'UDP protocol is not supported for 53'],
  ['service', '8080', 'Service s does not have a service port 8080'],
  ['service', 'tcp', "Service 's' does not have a named port 'tcp'"],
  ['service', 'bad', "Pod 'p' does not have a named port 'none'"],
  ['service', '53', 'UDP protocol is not supported for 53'],
])('of a %s, %s is refused', (what, text, message) => {
  expect(() => remotePort(parsePortPair(text), pod, what === 'pod' ? undefined : service('127.128.0.1'))).toThrow(message)
})
