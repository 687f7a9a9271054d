import {createHash, X509Certificate} from 'node:crypto'
import {once} from 'node:events'
import type {ConnectionOptions} from 'node:tls'
import {expect, test} from 'vitest'
import type {AccessRecord} from '../../src/engine/engine.js'
import type {ServerTls} from '../../src/routing/routing.js'
import {routingOf} from '../engine/routing-of.js'
import {ask, backend, echo, ending, freshAddress, named, open, received, until} from '../engine/sockets.js'
import {CA, CLIENT, CRL, openTls, REVOKED, RSA, SERVER, SIMPLE} from '../engine/tls-fixtures.js'
import type {Bench} from './engine.js'
import {LISTENER, PORT, serveTls, ssl, talk} from './tls-stage.js'

/** Handshakes of the gateway's own. */
export function tlsTerminationContract(bench: Bench): void {
  const terminate = async (tls: Partial<ServerTls> = {}, server = echo()) => serveTls(bench, [{tls: {...SIMPLE, ...tls}, to: {v1: 1}}], {v1: await bench.keep(server)})

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('what comes over %s goes on as plain text, half-close and all', async (version) => {
    let seen = ''
    const server = backend((socket) => void socket.on('data', (data: Buffer) => (seen += String(data))).on('end', () => socket.end(`late reply to ${seen}`)))
    const {address, records} = await terminate({}, server)
    const client = openTls(address, PORT, {minVersion: version, maxVersion: version, servername: 'tcp-echo.example'})
    expect(await talk(client)).toEqual({text: 'late reply to hello\n'})
    await until(() => records.length === 1)
    expect(records[0]).toMatchObject({serverName: 'tcp-echo.example', flags: '-', bytesFromClient: 6, bytesToClient: 20})
  })

  test('a client may go on sending after the server has finished', async () => {
    const server = await bench.keep(backend((socket) => void socket.end('bye\n')))
    const {address} = await serveTls(bench, [{tls: SIMPLE, to: {v1: 1}}], {v1: server})
    const accepted = server.accepted()
    const client = openTls(address, PORT)
    await once(client.resume(), 'end')
    const atServer = ending(await accepted)
    client.end('more\n')
    expect(await atServer).toEqual({text: 'more\n'})
  })

  test('16 MiB each way at once arrive unchanged', async () => {
    const {address} = await terminate()
    const client = openTls(address, PORT)
    const bytes = Buffer.alloc(16 * 1024 * 1024, 'abcdefghijklmnopqrstuvwxyz012345')
    const end = ending(client)
    client.end(bytes)
    expect(Buffer.from((await end).text).equals(bytes)).toBe(true)
  })

  test('a server that resets is a reset for its client, a client that resets one for its server', async () => {
    const server = await bench.keep(backend((socket) => void socket.write('hi')))
    const {address} = await serveTls(bench, [{tls: SIMPLE, to: {v1: 1}}], {v1: server})
    const [first, client] = [server.accepted(), openTls(address, PORT)]
    await received(client, 'hi')
    const cut = ending(client)
    ;(await first).resetAndDestroy()
    expect(await cut).toEqual({text: '', error: 'ECONNRESET'})
    const second = server.accepted()
    const raw = open(address, PORT)
    const other = openTls(address, PORT, {socket: raw})
    await received(other, 'hi')
    const atServer = ending(await second)
    raw.resetAndDestroy()
    expect(await atServer).toEqual({text: '', error: 'ECONNRESET'})
  })

  test('each name has its own certificate, and the client gets the one it asked for', async () => {
    const [v1, v2] = [await bench.keep(named('v1')), await bench.keep(named('v2'))]
    const {address} = await serveTls(bench, 
      [
        {match: {serverNames: ['tcp-echo.example']}, tls: SIMPLE, to: {v1: 1}},
        {match: {serverNames: ['rsa.example']}, tls: {...SIMPLE, certificates: [RSA]}, to: {v2: 1}},
      ],
      {v1, v2},
    )
    for (const [servername, ca, text] of [['tcp-echo.example', SERVER.certificate, 'v1'], ['rsa.example', CA, 'v2']] as const)
      expect(await talk(openTls(address, PORT, {servername, ca, rejectUnauthorized: true}))).toEqual({text})
  })

  test('of several key pairs the client gets one it can use', async () => {
    const {address} = await terminate({certificates: [SERVER, RSA], maxVersion: 'TLSv1.2'})
    const subject = async (ciphers: string) => {
      const client = openTls(address, PORT, {ciphers})
      await once(client, 'secureConnect')
      const {subjectaltname} = client.getPeerCertificate()
      client.destroy()
      return subjectaltname
    }
    expect([await subject('ECDHE-RSA-AES128-GCM-SHA256'), await subject('ECDHE-ECDSA-AES128-GCM-SHA256')]).toEqual([
      'DNS:rsa.example',
      'DNS:tcp-echo.example, IP Address:127.0.0.1',
    ])
  })

  const clientPair = {cert: CLIENT.certificate, key: CLIENT.privateKey}
  const foreign = {cert: SERVER.certificate, key: SERVER.privateKey}
  const revoked = {cert: REVOKED.certificate, key: REVOKED.privateKey}
  const digest = (encoding: 'hex' | 'base64') => {
    const {raw, publicKey} = new X509Certificate(CLIENT.certificate)
    return createHash('sha256').update(encoding === 'hex' ? raw : publicKey.export({type: 'spki', format: 'der'})).digest(encoding)
  }
  const NAMES = ['spiffe://cluster.local/ns/default/sa/client']
  const SECRET = 'TLS_error:_Secret_is_not_supplied_by_SDS'
  const [V2, V3] = [{maxVersion: 'TLSv1.2'}, {minVersion: 'TLSv1.3'}] as const
  const SUITES = ['ECDHE-ECDSA-AES256-GCM-SHA384']

  /** What the server asks, what the client brings, and BoringSSL's word for the refusal; undefined is a handshake. */
  type Case = readonly [what: string, tls: Partial<ServerTls>, options: ConnectionOptions, failure?: string]
  const cases: readonly Case[] = [
    ['a newer version only', {minVersion: 'TLSv1.3'}, V2, ssl('UNSUPPORTED_PROTOCOL')],
    ['an older version only', V2, V3, ssl('UNSUPPORTED_PROTOCOL')],
    ['TLS 1.1 where it is allowed', {minVersion: 'TLSv1'}, {minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0'}],
    ['other ciphers', {...V2, cipherSuites: SUITES}, {ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256'}, ssl('NO_SHARED_CIPHER')],
    ['the same ciphers', {...V2, cipherSuites: SUITES}, {}],
    ['ciphers that TLS 1.3 does not know', {cipherSuites: SUITES}, V3],
    ...[V2, V3].flatMap((version): Case[] => [
      ['MUTUAL: a certificate of the authority', {mode: 'MUTUAL', ca: CA}, {...version, ...clientPair}],
      ['MUTUAL: none', {mode: 'MUTUAL', ca: CA}, version, ssl('PEER_DID_NOT_RETURN_A_CERTIFICATE')],
      ['MUTUAL: a foreign one', {mode: 'MUTUAL', ca: CA}, {...version, ...foreign}, ssl('CERTIFICATE_VERIFY_FAILED')],
      ['MUTUAL: a revoked one, with a list', {mode: 'MUTUAL', ca: CA, crl: CRL}, {...version, ...revoked}, ssl('CERTIFICATE_VERIFY_FAILED')],
      ['MUTUAL: a revoked one, without', {mode: 'MUTUAL', ca: CA}, {...version, ...revoked}],
      ['MUTUAL: the URI', {mode: 'MUTUAL', ca: CA, subjectAltNames: NAMES}, {...version, ...clientPair}],
      ['MUTUAL: a wildcard that covers the name', {mode: 'MUTUAL', ca: CA, subjectAltNames: ['a.clients.example']}, {...version, ...clientPair}],
      ['MUTUAL: another name', {mode: 'MUTUAL', ca: CA, subjectAltNames: NAMES}, {...version, ...revoked}, ssl('CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_verify_SAN_list')],
      ['MUTUAL: the digest of the certificate', {mode: 'MUTUAL', ca: CA, digests: {certificate: ['0'.repeat(64), digest('hex')], publicKey: []}}, {...version, ...clientPair}],
      ['MUTUAL: the digest of its key, with another of a certificate', {mode: 'MUTUAL', ca: CA, digests: {certificate: ['0'.repeat(64)], publicKey: [digest('base64')]}}, {...version, ...clientPair}],
      ['MUTUAL: the name and no digest', {mode: 'MUTUAL', ca: CA, subjectAltNames: NAMES, digests: {certificate: ['0'.repeat(64)], publicKey: []}}, {...version, ...clientPair}, ssl('CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_cert_hash_and_spki')],
      ['OPTIONAL_MUTUAL: none', {mode: 'OPTIONAL_MUTUAL', ca: CA}, version],
      ['OPTIONAL_MUTUAL: one of the authority', {mode: 'OPTIONAL_MUTUAL', ca: CA}, {...version, ...clientPair}],
      ['OPTIONAL_MUTUAL: a foreign one', {mode: 'OPTIONAL_MUTUAL', ca: CA}, {...version, ...foreign}, ssl('CERTIFICATE_VERIFY_FAILED')],
      ['SIMPLE: a foreign one', {}, {...version, ...foreign}],
    ]),
    ['no certificate of its own', {certificates: []}, {}, SECRET],
    ['MUTUAL without an authority', {mode: 'MUTUAL'}, clientPair, SECRET],
  ]

  test('versions, ciphers and the certificates of clients decide whether there is a handshake', async () => {
    const [address, server, records] = [freshAddress(), await bench.keep(echo()), [] as AccessRecord[]]
    const engine = await bench.engine({address, onAccess: (record) => records.push(record)})
    await engine.apply(routingOf(cases.map(([, tls], i) => ({port: PORT + i, tls: {...SIMPLE, ...tls}, to: {v1: 1}})), {v1: {endpoints: [server]}}))
    const texts = await Promise.all(cases.map(async ([, , options], i) => (await talk(openTls(address, PORT + i, options))).text))
    await until(() => records.length === cases.length)
    const failures = new Map(records.map(({listener, downstreamFailure}) => [listener, downstreamFailure]))
    const {listeners} = await engine.stats()
    const seen = cases.map(([what], i) => [what, texts[i], failures.get(`0.0.0.0_${PORT + i}`), listeners[`0.0.0.0_${PORT + i}`]?.tlsFailed])
    expect(seen).toEqual(cases.map(([what, , , failure]) => [what, failure === undefined ? 'hello\n' : '', failure, failure === undefined ? 0 : 1]))
    expect(new Set(records.map(({flags}) => flags))).toEqual(new Set(['-']))
  })

  test('a session is resumed, with the client still known', async () => {
    const {address} = await terminate({mode: 'MUTUAL', ca: CA, subjectAltNames: NAMES})
    const first = openTls(address, PORT, clientPair)
    const session = once(first, 'session') as Promise<[Buffer]>
    expect(await talk(first)).toEqual({text: 'hello\n'})
    const second = openTls(address, PORT, {...clientPair, session: (await session)[0]})
    expect(await talk(second)).toEqual({text: 'hello\n'})
  })

  test('a client that speaks no TLS is closed, and so is one that leaves in the middle', async () => {
    const {address, engine, records} = await terminate()
    expect((await ask(address, PORT, 'GET / HTTP/1.1\r\n\r\n')).text).toMatch(/^(\x15\x03.*)?$/s)
    expect((await ask(address, PORT, '')).text).toBe('')
    await until(() => records.length === 2)
    expect(records.map(({downstreamFailure = ''}) => downstreamFailure).sort()).toEqual(['', ssl('HTTP_REQUEST')])
    expect((await engine.stats()).listeners[LISTENER]).toMatchObject({active: 0, tlsFailed: 2})
  })

  test('an endpoint that refuses closes the connection before any handshake', async () => {
    const server = await bench.keep(echo())
    server.close()
    const {address, outcome} = await serveTls(bench, [{tls: SIMPLE, to: {v1: 1}}], {v1: server})
    await talk(openTls(address, PORT))
    expect(await outcome()).toMatchObject({flags: 'UF,URX', cluster: 'v1'})
  })
}
