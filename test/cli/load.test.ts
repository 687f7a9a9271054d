import {once} from 'node:events'
import {createServer, type Server, type Socket} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** The probe as a load tool, against a server of the test's own. */
describe('probe under load flags', () => {
  let box: Sandbox
  let server: Server
  let target: string
  const peers: string[] = []
  beforeAll(async () => {
    box = createSandbox()
    server = createServer({allowHalfOpen: true}, echo)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    target = `127.0.0.1:${(server.address() as {port: number}).port}`
  })
  afterAll(async () => {
    server.close()
    await box.close()
  })

  function echo(socket: Socket): void {
    peers.push(socket.remoteAddress ?? '')
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => socket.write(`one ${bytes.toString().replaceAll('\n', '|').replace(/\|$/, '\n')}`))
    socket.on('end', () => socket.end())
  }
  const report = async (flags: string) => JSON.parse((await box.sh(`tshift probe ${target} -o json ${flags}`)).stdout) as {n: number; subsets: {count: number}[]}

  test('warm-up connections are made and not counted', async () => {
    peers.length = 0
    expect((await report('-n 20 --warmup 10')).n).toBe(20)
    expect(peers).toHaveLength(30)
  })

  test('a rate is kept and said', async () => {
    const {stderr} = await box.sh(`tshift probe ${target} --rate 100 --duration 500ms`)
    expect(stderr).toMatch(/rate: \d+\.\d\/s of 100\.0\/s, \d+ late, at most \d+ ms\n$/)
  })

  test('a flag that would have nothing to act on is refused', async () => {
    const codes = await Promise.all(['--arrivals poisson', '--max 10', '--budget 1s'].map(async (flags) => (await box.sh(`tshift probe ${target} -n 5 ${flags}`)).code))
    expect(codes).toEqual([2, 2, 2])
  })

  test('the echo server of the tutorials can be run by itself', async () => {
    const port = 20_000 + (process.pid % 10_000)
    const ran = await box.sh(`tshift echo ${port} one --bind $BIND & for i in {1..100}; do tshift nc -z $BIND ${port} && break; sleep 0.05; done; echo hello | tshift nc $BIND ${port}; kill %1; wait %1`)
    expect(ran.stdout).toContain(`listening on [::]:${port}, prefix: one\n`)
    expect(ran.stdout).toContain('one hello\n')
    expect((await box.sh('tshift echo 0x one')).code).toBe(1)
  })

  test('several sources look like several clients', async () => {
    peers.length = 0
    await report('-n 9 --sources 3')
    expect([...new Set(peers)].sort()).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.4'])
  })

  test('by peer the address reached is the answer', async () => {
    expect(JSON.parse(await box.ok(`tshift probe ${target} -n 5 --by peer -o json`))).toMatchObject({n: 5, subsets: [{name: target, count: 5}]})
    expect((await box.sh(`tshift probe ${target} -n 5 --by 'regex:(nothing)' -o json`)).stdout).toContain('"unmatched": 5')
  })

  test('several messages share a connection', async () => {
    peers.length = 0
    expect(await box.ok(`tshift probe ${target} -n 1 --messages 3 -m hi -q`)).toBe('one hi\n'.repeat(3))
    expect(peers).toHaveLength(1)
  })

  test('a PROXY header comes first, bytes go as hex', async () => {
    expect(await box.ok(`tshift probe ${target} -n 1 --proxy-protocol v1 -m hi -q -c 1`)).toMatch(/^one PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ \d+\r(\||\none )hi\n$/)
    expect(await box.ok(`tshift probe ${target} -n 1 --hex 68690a -q`)).toBe(Buffer.from('one hi\n').toString('hex'))
  })

  test('held connections that are cut are told, with code 5', async () => {
    const cutter = createServer({allowHalfOpen: true}, (socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        socket.write('one\n')
        if (cutter.listening && ++served % 2 === 0) socket.end()
      })
    })
    let served = 0
    cutter.listen(0, '127.0.0.1')
    await once(cutter, 'listening')
    const {port} = cutter.address() as {port: number}
    const {code, stderr} = await box.sh(`tshift probe 127.0.0.1:${port} -n 4 --hold 300ms`)
    cutter.close()
    expect({code, line: stderr.split('\n').find((line) => line.includes('held:'))}).toEqual({code: 5, line: expect.stringMatching(/^⚠ held: 4 opened, 2 kept, 2 cut \(2 FIN, 0 RST\), the first after \d+\.\d s$/)})
  })

  test.each([
    ['--sni x', 2],
    ['--sources 0', 2],
    ['--hex xyz', 2],
    ['--rate 5 --hold 1s', 2],
    ['--until-sure --by gateway', 2],
    ['--send-file /nope', 2],
  ])('%s is refused', async (flags, code) => {
    const ran = await box.sh(`tshift probe ${target} ${flags}`)
    expect(ran.code).toBe(code)
    expect(ran.stderr).toMatch(/^error: /)
  })
})
