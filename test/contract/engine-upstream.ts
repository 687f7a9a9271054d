import {mkdtempSync, rmSync} from 'node:fs'
import {createServer, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import type {TLSSocket} from 'node:tls'
import {describe, expect, test} from 'vitest'
import type {AccessRecord} from '../../src/engine/engine.js'
import type {ClientTls, Endpoint, TcpRoute} from '../../src/routing/routing.js'
import {encodeChunk, LAST_CHUNK} from '../../src/engine/upstream/chunked.js'
import {routingOf, type ClusterShape} from '../engine/routing-of.js'
import {ask, backend, blackHole, echo, ending, freshAddress, open, received, until} from '../engine/sockets.js'
import {CA, CLIENT, CRL, REVOKED, RSA, SERVER, tlsBackend} from '../engine/tls-fixtures.js'
import type {Bench} from './engine.js'

const PORT = 31400

async function serveCluster(bench: Bench, cluster: ClusterShape, tunnel?: TcpRoute['tunnel']) {
  const address = freshAddress()
  const records: AccessRecord[] = []
  const engine = await bench.engine({address, onAccess: (record) => records.push(record)})
  await engine.apply(routingOf([{port: PORT, to: {v1: 1}, ...(tunnel === undefined ? {} : {tunnel})}], {v1: cluster}))
  const failure = async () => {
    await until(() => records.length > 0)
    const {flags, upstreamFailure} = records[0] ?? ({} as Partial<AccessRecord>)
    return {flags, upstreamFailure, stats: (await engine.stats()).clusters['v1']}
  }
  return {address, engine, records, failure}
}

/** What an endpoint may ask for beside TCP. */
export function upstreamContract(bench: Bench): void {
  test('an endpoint may be a unix socket', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tshift-'))
    const file = path.join(folder, 'echo.sock')
    const sockets: Socket[] = []
    const server = createServer({allowHalfOpen: true}, (socket) => (sockets.push(socket), void socket.on('error', () => undefined).pipe(socket)))
    await new Promise<void>((resolve) => server.listen(file, resolve))
    await bench.keep(Promise.resolve({close: () => (server.close(), rmSync(folder, {recursive: true}))}))
    const {address, records, engine} = await serveCluster(bench, {endpoints: [{address: file, port: 0}]})
    expect(await ask(address, PORT)).toEqual({text: 'hello\n'})
    await until(() => records.length === 1)
    expect(records[0]).toMatchObject({upstream: file, flags: '-'})
    expect(records[0]?.upstreamLocal).toBeUndefined()
    // it knows no reset: it is closed
    const client = open(address, PORT)
    client.write('x')
    await received(client, 'x')
    const gone = ending(sockets[1] ?? client)
    client.resetAndDestroy()
    expect((await gone).error).toBeUndefined()
    await engine.apply(routingOf([{port: PORT, to: {v1: 1}}], {v1: {endpoints: [{address: `${file}.not`, port: 0}]}}))
    await ask(address, PORT)
    await until(() => records.length === 3)
    const failed = records.find(({flags}) => flags === 'UF,URX')
    expect(failed).toMatchObject({upstream: `${file}.not`, upstreamFailure: 'delayed_connect_error:_No_such_file_or_directory'})
  })

  test('a cluster with keepalive serves as any other', async () => {
    const {address} = await serveCluster(bench, {endpoints: [await bench.keep(echo())], keepalive: {timeMs: 5000, intervalMs: 1000, probes: 3}})
    expect(await ask(address, PORT)).toEqual({text: 'hello\n'})
  })

  describe('an HTTP proxy', () => {
    const CONNECT = {method: 'CONNECT', target: 'db.example:5432'} as const
    const POST = {method: 'POST', target: 'db.example:5432'} as const
    const CONNECT_HEAD = 'CONNECT db.example:5432 HTTP/1.1\r\nhost: db.example:5432\r\n\r\n'
    const POST_HEAD = 'POST / HTTP/1.1\r\nhost: db.example:5432\r\ntransfer-encoding: chunked\r\n\r\n'

    /** Checks the request, answers `response`, then leaves the socket to `serve`. */
    const proxy = (head: string, response: string, serve: (socket: Socket) => void) =>
      backend((socket) => {
        let got = ''
        socket.on('data', function onData(chunk: Buffer) {
          got += chunk.toString('latin1')
          if (!got.includes('\r\n\r\n')) return
          socket.removeListener('data', onData).pause()
          if (!got.startsWith(head)) return void socket.end(`HTTP/1.1 400 ${JSON.stringify(got)}\r\n\r\n`)
          socket.write(response)
          if (got.length > head.length) socket.unshift(Buffer.from(got.slice(head.length), 'latin1'))
          serve(socket)
          socket.resume()
        })
      })

    test('is asked for the target (CONNECT), then the bytes go through as they are, half-close too', async () => {
      const server = await bench.keep(proxy(CONNECT_HEAD, 'HTTP/1.1 200 OK\r\nvia: x\r\n\r\nfirst ', (socket) => void socket.pipe(socket)))
      const {address, records} = await serveCluster(bench, {endpoints: [server]}, CONNECT)
      expect(await ask(address, PORT)).toEqual({text: 'first hello\n'})
      await until(() => records.length === 1)
      expect(records[0]).toMatchObject({flags: '-', bytesFromClient: 6, bytesToClient: 12})
    })

    test('is asked for the target (POST), then the bytes go in chunks both ways', async () => {
      let sent = ''
      const answer = (socket: Socket) =>
        socket.on('data', (chunk: Buffer) => {
          sent += chunk.toString('latin1')
          if (sent.endsWith('0\r\n\r\n')) socket.write(Buffer.concat([encodeChunk(Buffer.from('late reply')), LAST_CHUNK]))
        })
      const server = await bench.keep(proxy(POST_HEAD, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', answer))
      const {address} = await serveCluster(bench, {endpoints: [server]}, POST)
      expect(await ask(address, PORT)).toEqual({text: 'late reply'})
      expect(sent).toBe('6\r\nhello\n\r\n0\r\n\r\n')
    })

    test.each([
      ['as long as it says', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n', 'replymore', 'reply'],
      ['empty', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', '', ''],
      ['not there', 'HTTP/1.1 204 No Content\r\n\r\n', '', ''],
      ['all that comes', 'HTTP/1.1 200 OK\r\n\r\n', 'reply', 'reply'],
    ])('may answer a POST with a body that is %s', async (_, head, body, text) => {
      const server = await bench.keep(proxy(POST_HEAD, head, (socket) => void socket.end(body)))
      const {address} = await serveCluster(bench, {endpoints: [server]}, POST)
      expect(await ask(address, PORT)).toEqual({text})
    })

    test.each([
      ['another status', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'tunnel_response_status_403'],
      ['something that is no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 'tunnel_response_is_not_HTTP'],
      ['headers without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`, 'tunnel_response_is_not_HTTP'],
    ])('that answers with %s closes the connection (UF,URX)', async (_, response, upstreamFailure) => {
      const server = await bench.keep(proxy(CONNECT_HEAD, response, () => undefined))
      const {address, failure} = await serveCluster(bench, {endpoints: [server]}, CONNECT)
      expect((await ask(address, PORT)).text).toBe('')
      expect(await failure()).toMatchObject({flags: 'UF,URX', upstreamFailure, stats: {connected: 0, connectFailed: 1, active: 0}})
    })

    test('that closes or does not answer fails as an endpoint does', async () => {
      const closing = await serveCluster(bench, {endpoints: [await bench.keep(proxy(CONNECT_HEAD, '', (socket) => void socket.end()))]}, CONNECT)
      await ask(closing.address, PORT)
      expect(await closing.failure()).toMatchObject({flags: 'UF,URX', upstreamFailure: 'tunnel_closed_by_the_HTTP_proxy'})
      const silent = await serveCluster(bench, {endpoints: [await bench.keep(proxy(CONNECT_HEAD, '', () => undefined))], connectTimeoutMs: 200}, CONNECT)
      await ask(silent.address, PORT)
      expect(await silent.failure()).toMatchObject({flags: 'UF,URX', upstreamFailure: undefined, stats: {connectTimeouts: 1}})
    })
  })
}

/** TLS towards endpoints. */
export function upstreamTlsContract(bench: Bench): void {
  const through = async (tls: ClientTls, endpoint: Endpoint, more: Partial<ClusterShape> = {}) => {
    const {address, failure} = await serveCluster(bench, {endpoints: [endpoint], tls, ...more})
    const {text} = await ask(address, PORT)
    if (text !== '') return {text}
    const {flags, upstreamFailure, stats} = await failure()
    return {flags, upstreamFailure, connectFailed: stats?.connectFailed, active: stats?.active}
  }
  const refused = (upstreamFailure: unknown) => ({flags: 'UF,URX', upstreamFailure, connectFailed: 1, active: 0})
  const ssl = (reason: string) => expect.stringMatching(new RegExp(`^TLS_error:\\|(\\d+:)?SSL_routines:OPENSSL_internal:${reason}.*:TLS_error_end$`)) as string
  const FINE = {text: 'hello\n'}
  const SELF = SERVER.certificate

  test('plain text of the client goes on encrypted, with the name it is told or none', async () => {
    const server = await bench.keep(tlsBackend((socket) => void socket.end(`${String((socket as {servername?: unknown}).servername)} ${String(socket.alpnProtocol)}`)))
    expect(await through({ca: SELF, sni: 'db.example'}, server)).toEqual({text: 'db.example false'})
    expect(await through({ca: SELF}, server)).toEqual({text: 'false false'})
  })

  test('half-close travels both ways', async () => {
    const server = await bench.keep(tlsBackend((socket) => void socket.resume().on('end', () => socket.end('late reply'))))
    expect(await through({ca: SELF}, server)).toEqual({text: 'late reply'})
  })

  test('the certificate of an endpoint is verified as far as the cluster asks', async () => {
    const failed = ssl('CERTIFICATE_VERIFY_FAILED')
    const cases: readonly (readonly [what: string, tls: ClientTls, pair: typeof SERVER, failure?: string])[] = [
      ['of the authority', {ca: CA}, RSA],
      ['of another authority', {ca: CA}, SERVER, failed],
      ['of nobody the system trusts', {}, SERVER, failed],
      ['that nobody verifies', {insecureSkipVerify: true}, SERVER],
      ['with the name', {ca: CA, subjectAltNames: ['other.example', 'rsa.example']}, RSA],
      ['without the name, whatever the SNI', {ca: CA, sni: 'rsa.example', subjectAltNames: ['other.example']}, RSA, ssl('CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_verify_SAN_list')],
      ['for another host than the SNI', {ca: CA, sni: 'other.example'}, RSA],
      ['that is revoked', {ca: CA, crl: CRL}, REVOKED, failed],
    ]
    const [address, records] = [freshAddress(), [] as AccessRecord[]]
    const engine = await bench.engine({address, onAccess: (record) => records.push(record)})
    const answering = ({certificate, privateKey}: typeof SERVER) => tlsBackend((socket) => void socket.pipe(socket), {cert: certificate, key: privateKey})
    const clusters = await Promise.all(cases.map(async ([what, tls, pair]) => [what, {tls, endpoints: [await bench.keep(answering(pair))]}] as const))
    await engine.apply(routingOf(cases.map(([what], i) => ({port: PORT + i, to: {[what]: 1}})), Object.fromEntries(clusters)))
    for (const [i] of cases.entries()) await ask(address, PORT + i)
    await until(() => records.length === cases.length)
    const seen = new Map(records.map(({cluster, flags, upstreamFailure, bytesToClient}) => [cluster, [flags, upstreamFailure, bytesToClient]]))
    const expected = cases.map(([what, , , failure]) => [what, failure === undefined ? ['-', undefined, 6] : ['UF,URX', failure, 0]] as const)
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected))
  })

  test('an endpoint that wants a certificate gets it', async () => {
    const server = await bench.keep(tlsBackend((socket) => void socket.pipe(socket), {ca: CA, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2'}))
    expect(await through({ca: SELF, client: CLIENT}, server)).toEqual(FINE)
    expect(await through({ca: SELF}, server)).toEqual(refused(ssl('SSLV3_ALERT_HANDSHAKE_FAILURE')))
  })

  test('an endpoint that speaks no TLS, says nothing or goes away fails (UF,URX)', async () => {
    const [plain, silent, closing] = [backend((socket) => void socket.write('220 no TLS here\n')), backend(), backend((socket) => void socket.end())]
    expect(await through({}, await bench.keep(plain))).toEqual(refused(ssl('WRONG_VERSION_NUMBER')))
    expect(await through({}, await bench.keep(silent), {connectTimeoutMs: 200})).toEqual(refused(undefined))
    expect(await through({}, await bench.keep(closing))).toEqual(refused('delayed_connect_error:_Connection_reset_by_peer'))
    expect(await through({}, await bench.keep(blackHole()), {connectTimeoutMs: 200})).toEqual(refused(undefined))
  })

  test('a credential that cannot be had or used fails, and says why', async () => {
    const server = await bench.keep(tlsBackend((socket) => void socket.pipe(socket)))
    expect(await through({problem: 'secret default/db is not there'}, server)).toEqual(refused('secret_default/db_is_not_there'))
    const mixed = {certificate: CLIENT.certificate, privateKey: REVOKED.privateKey}
    expect(await through({ca: SELF, client: mixed}, server)).toEqual(refused(expect.stringContaining('mismatch')))
  })

  test('the PROXY header comes before the handshake, the tunnel after it', async () => {
    let came = ''
    const listening = (socket: Socket) => socket.on('data', (chunk: Buffer) => /\n\x16\x03/.test((came += chunk.toString('latin1'))) && socket.destroy())
    const server = await bench.keep(backend(listening))
    const {address, failure} = await serveCluster(bench, {endpoints: [server], tls: {}, proxyProtocol: 'V1'})
    await ask(address, PORT)
    expect((await failure()).flags).toBe('UF,URX')
    expect(came).toMatch(/^PROXY TCP4 127\.[\d.]+ 127\.[\d.]+ \d+ 31400\r\n\x16\x03/)
    const opening = (socket: TLSSocket) => socket.once('data', () => (socket.write('HTTP/1.1 200 OK\r\n\r\n'), socket.pipe(socket)))
    const proxy = await bench.keep(tlsBackend(opening))
    const tunnelled = await serveCluster(bench, {endpoints: [proxy], tls: {ca: SELF}}, {method: 'CONNECT', target: 'db.example:5432'})
    expect(await ask(tunnelled.address, PORT)).toEqual(FINE)
  })
}
