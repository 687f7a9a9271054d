import {once} from 'node:events'
import type {Socket} from 'node:net'
import type {TLSSocket} from 'node:tls'
import {expect, test} from 'vitest'
import type {ServerTls} from '../../src/routing/routing.js'
import {routingOf} from '../engine/routing-of.js'
import {echo, ending, freshAddress, received, type Backend} from '../engine/sockets.js'
import {CLIENT, openTls, RSA, SERVER, SIMPLE} from '../engine/tls-fixtures.js'
import type {Bench} from './engine.js'
import {LISTENER, PORT, talk} from './tls-stage.js'

/** Certificates that change while connections go on. */
export function tlsCertificatesContract(bench: Bench): void {
  const routing = (tls: ServerTls, server: Backend) => routingOf([{port: PORT, tls, to: {v1: 1}}], {v1: {endpoints: [server]}})
  const subjectOf = async (client: TLSSocket) => {
    await once(client, 'secureConnect')
    return client.getPeerCertificate().subjectaltname
  }
  const alive = async (client: Socket) => {
    const answered = received(client, 'still here')
    client.write('still here')
    await answered
    client.destroy()
  }

  test('are for new connections, and close no other', async () => {
    const [address, server] = [freshAddress(), await bench.keep(echo())]
    const engine = await bench.engine({address, onChange: 'close'})
    await engine.apply(routing(SIMPLE, server))
    const old = openTls(address, PORT)
    expect(await subjectOf(old)).toContain('tcp-echo.example')
    await engine.apply(routing({...SIMPLE, certificates: [RSA]}, server))
    const fresh = openTls(address, PORT)
    expect(await subjectOf(fresh)).toBe('DNS:rsa.example')
    await alive(old)
    await alive(fresh)
  })

  test('that OpenSSL refuses are a problem, and the last good ones serve on', async () => {
    const [address, server] = [freshAddress(), await bench.keep(echo())]
    const engine = await bench.engine({address})
    const broken = {...SIMPLE, certificates: [{certificate: SERVER.certificate, privateKey: CLIENT.privateKey}]}
    const good = {name: LISTENER, address, port: PORT, bound: true}
    const problem = expect.stringMatching(/^the certificates of gateway default\/gateway, server 0, are refused: .*key/) as string
    expect(await engine.apply(routing(broken, server))).toEqual([{...good, problem}])
    expect((await talk(openTls(address, PORT))).text).toBe('')
    expect(await engine.apply(routing(SIMPLE, server))).toEqual([good])
    for (const _ of [1, 2]) expect(await engine.apply(routing(broken, server))).toEqual([{...good, problem}])
    expect(await talk(openTls(address, PORT))).toEqual({text: 'hello\n'})
  })

  test('another TLS mode drains', async () => {
    const [address, server] = [freshAddress(), await bench.keep(echo())]
    const engine = await bench.engine({address, onChange: 'close'})
    await engine.apply(routing(SIMPLE, server))
    const old = openTls(address, PORT)
    await subjectOf(old)
    const cut = ending(old)
    await engine.apply(routing({...SIMPLE, minVersion: 'TLSv1.3'}, server))
    expect((await cut).text).toBe('')
  })
}
