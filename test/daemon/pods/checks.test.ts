import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Handler} from '../../../src/api/kinds/pod-spec.js'
import {check} from '../../../src/daemon/pods/probes/check.js'
import {checkTarget} from '../../../src/daemon/pods/probes/check-target.js'
import {countAnswer, NO_ANSWER} from '../../../src/daemon/pods/probes/probe-count.js'
import {runInContainer} from '../../../src/workload/exec/run-in-container.js'
import {freePort} from '../../workload/free-port.js'

const CONTAINER = {name: 'app', ports: [{name: 'http', containerPort: 8080}]}
const placement = {address: '127.0.0.1', hostPort: (port: number) => port + 1}

describe('where a handler points', () => {
  test.each<[Handler, object]>([
    [{tcpSocket: {port: 'http'}}, {type: 'tcp', host: '127.0.0.1', port: 8081}],
    [{tcpSocket: {port: 80, host: '10.0.0.1'}}, {type: 'tcp', host: '10.0.0.1', port: 80}],
    [{tcpSocket: {port: '80'}}, {type: 'tcp', host: '127.0.0.1', port: 81}],
    [{tcpSocket: {port: 'nope'}}, {type: 'impossible', message: 'port nope not found'}],
    [{tcpSocket: {port: 70_000}}, {type: 'impossible', message: 'invalid port number: 70000'}],
    [{httpGet: {port: 80}}, {type: 'http', url: 'http://127.0.0.1:81/', headers: {'user-agent': 'kube-probe/1.35', accept: '*/*'}}],
    [
      {httpGet: {port: 80, scheme: 'HTTPS', host: '::1', path: 'x?y=1', httpHeaders: [{name: 'Host', value: 'a'}, {name: 'User-Agent', value: ''}]}},
      {type: 'http', url: 'https://[::1]:80/x?y=1', headers: {host: 'a', accept: '*/*'}},
    ],
    [{exec: {command: ['true']}}, {type: 'exec', command: ['true']}],
    [{sleep: {seconds: 3}}, {type: 'sleep', seconds: 3}],
    [{grpc: {port: 1}}, {type: 'impossible', message: 'tshift speaks no gRPC: use tcpSocket, httpGet or exec'}],
    [{}, {type: 'impossible', message: 'missing probe handler for container app'}],
  ])('%j', (handler, expected) => {
    expect(checkTarget(handler, CONTAINER, placement)).toEqual(expected)
  })
})

test('answers are counted up to their thresholds, and from the start again after the other answer', () => {
  let count = NO_ANSWER
  const verdicts = ['failure', 'failure', 'success', 'failure', 'failure', 'failure', 'failure', 'success', 'success'].map((answer) => {
    const next = countAnswer(count, answer as 'success', {successThreshold: 2, failureThreshold: 3})
    count = next.count
    return next.verdict ?? '-'
  })
  expect(verdicts).toEqual(['-', '-', '-', '-', '-', 'failure', 'failure', '-', 'success'])
})

describe('a check', () => {
  const server = createServer((request, response) => {
    if (request.url === '/loop') return void response.writeHead(302, {location: '/loop'}).end()
    const [, status = '', location] = /^\/(\d+)(?:\?(.*))?$/.exec(request.url ?? '') ?? []
    if (status === '') return // no answer at all
    response.writeHead(Number(status), location === undefined ? {} : {location}).end('x'.repeat(100_000))
  })
  const port = () => (server.address() as AddressInfo).port
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const options = {timeoutMs: 5000, signal: new AbortController().signal, exec: (command: readonly string[], signal: AbortSignal) => runInContainer(command, {MINE: 'mine'}, signal)}
  const http = (path: string, timeoutMs = 5000) => check({type: 'http', url: `http://127.0.0.1:${port()}${path}`, headers: {}}, {...options, timeoutMs})

  test.each([
    ['/200', 'success', ''],
    ['/399', 'success', ''],
    ['/404', 'failure', 'HTTP probe failed with statuscode: 404'],
    ['/500', 'failure', 'HTTP probe failed with statuscode: 500'],
    ['/302?/503', 'failure', 'HTTP probe failed with statuscode: 503'],
    ['/302?http://127.0.0.9:1/', 'success', ''],
  ])('by HTTP, %s', async (path, type, message) => {
    expect(await http(path)).toEqual({type, message})
  })

  test('by HTTP, redirects have an end and so has waiting', async () => {
    expect(await http('/loop')).toEqual({type: 'failure', message: `Get "http://127.0.0.1:${port()}/loop": stopped after 10 redirects`})
    const url = `http://127.0.0.1:${port()}/silent`
    expect(await http('/silent', 50)).toEqual({type: 'failure', message: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`})
  })

  test('where nobody listens', async () => {
    const free = await freePort()
    const refused = `dial tcp 127.0.0.1:${free}: connect: connection refused`
    expect(await check({type: 'tcp', host: '127.0.0.1', port: port()}, options)).toEqual({type: 'success', message: ''})
    expect(await check({type: 'tcp', host: '127.0.0.1', port: free}, options)).toEqual({type: 'failure', message: refused})
    const url = `http://127.0.0.1:${free}/`
    expect(await check({type: 'http', url, headers: {}}, options)).toEqual({type: 'failure', message: `Get "${url}": ${refused}`})
  })

  test.each([
    [['sh', '-c', 'echo $MINE; echo two >&2'], 5000, {type: 'success', message: 'mine\ntwo\n'}],
    [['sh', '-c', 'echo no; exit 3'], 5000, {type: 'failure', message: 'no\n'}],
    [['sleep', '100'], 50, {type: 'failure', message: 'command "sleep 100" timed out'}],
    [['tshift-no-such'], 5000, {type: 'error', message: 'failed to exec in container: unable to start container process: exec: "tshift-no-such": executable file not found in $PATH'}],
  ] as const)('by command, %j', async (command, timeoutMs, expected) => {
    expect(await check({type: 'exec', command}, {...options, timeoutMs})).toEqual(expected)
  })
})
