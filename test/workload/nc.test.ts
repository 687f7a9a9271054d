import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync, statSync} from 'node:fs'
import {createServer, type Server, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {text} from 'node:stream/consumers'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import {parseNcArguments} from '../../src/workload/nc/nc-arguments.js'
import {writeNcShim} from '../../src/workload/nc/nc-shim.js'
import {compileEntries} from './compiled-entries.js'
import {freePort} from './free-port.js'

const entry = compileEntries()
const directory = path.join(mkdtempSync(path.join(tmpdir(), 'tshift-nc-')), "it's here")
beforeAll(() => writeNcShim(directory, [process.execPath, entry('nc-main')]))
afterAll(() => rmSync(path.dirname(directory), {recursive: true, force: true}))

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function listen(serve: (socket: Socket) => void): Promise<string> {
  const port = await freePort()
  const server = createServer({allowHalfOpen: true}, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return `127.0.0.1 ${port}`
}

const echo = (socket: Socket) => void socket.on('data', (chunk) => socket.write(`one ${chunk}`)).on('end', () => socket.end())
const silent = (socket: Socket) => void socket.resume().on('end', () => {})

/** Runs a shell line that finds our nc in its PATH. */
async function sh(line: string) {
  const env = {HOME: path.dirname(directory), PATH: `${directory}:${process.env['PATH']}`}
  const child = spawn('sh', ['-c', line], {env, stdio: ['ignore', 'pipe', 'pipe']})
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return {out, err, code}
}

describe('nc', () => {
  test('the shim is only its owner\'s, and its path may have a quote in it', () => {
    expect(statSync(path.join(directory, 'nc')).mode & 0o777).toBe(0o700)
  })

  test('sends its input, half-closes at its end, prints the answer and ends with the server', async () => {
    const at = await listen(echo)
    expect(await sh(`(echo hi; sleep 0.1) | nc ${at}`)).toEqual({out: 'one hi\n', err: '', code: 0})
  })

  test('ends when the server does, though its input goes on', async () => {
    const at = await listen((socket) => socket.end('bye\n'))
    expect(await sh(`mkfifo "$HOME/in" && exec 9<>"$HOME/in" && nc ${at} <&9`)).toEqual({out: 'bye\n', err: '', code: 0}) // opened for both, a pipe never ends
  })

  test('passes 4 MiB both ways unharmed', async () => {
    const at = await listen((socket) => void socket.pipe(socket))
    const {out, code} = await sh(`head -c 4194304 /dev/zero | tr '\\0' x | nc ${at}`)
    expect([out === 'x'.repeat(4_194_304), code]).toEqual([true, 0])
  })

  test('a reader that has enough does not make it fail loudly', async () => {
    const at = await listen((socket) => void socket.end('a\nb\n'.repeat(100_000)))
    expect(await sh(`nc ${at} </dev/null | head -n 1`)).toEqual({out: 'a\n', err: '', code: 0})
  })

  test('-w ends an idle connection, with 0 as OpenBSD\'s', async () => {
    const at = await listen(silent)
    expect(await sh(`echo hi | nc -w 0.2 ${at}`)).toEqual({out: '', err: '', code: 0})
  })

  test('-q ends some time after its input', async () => {
    const at = await listen((socket) => void socket.on('data', () => socket.write('half')))
    expect(await sh(`echo hi | nc -q0.3 ${at}`)).toEqual({out: 'half', err: '', code: 0})
  })

  test('a reset is an end', async () => {
    const at = await listen((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    expect((await sh(`echo hi | nc ${at}`)).code).toBe(0)
  })

  test.runIf(process.platform === 'linux')('-s connects from another address of this machine', async () => {
    const at = await listen((socket) => void socket.end(String(socket.remoteAddress)))
    expect((await sh(`nc -s 127.0.0.3 ${at} </dev/null`)).out).toBe('127.0.0.3')
  })

  const refused = /^nc: connect to 127\.0\.0\.1 port 1 \(tcp\) failed: Connection refused\n$/
  const unknownHost = /^nc: getaddrinfo for host "no\.such\.invalid" port 1: (Name or service not known|Temporary failure in name resolution)\n$/
  const succeeded = /^Connection to (127\.0\.0\.1|localhost \(127\.0\.0\.1\)) \d+ port \[tcp\/\*\] succeeded!\n$/

  test.each([
    {what: '-z finds a port', line: (at: string) => `nc -z ${at}`, err: /^$/, code: 0},
    {what: '-zv says so', line: (at: string) => `nc -zv ${at}`, err: succeeded, code: 0},
    {what: '-zv tells the address of a name', line: (at: string) => `nc -zv ${at.replace('127.0.0.1', 'localhost')}`, err: succeeded, code: 0},
    {what: '-z finds none', line: () => 'nc -z 127.0.0.1 1', err: /^$/, code: 1},
    {what: 'a refused connection', line: () => 'nc 127.0.0.1 1 </dev/null', err: refused, code: 1},
    {what: 'an unknown host', line: () => 'nc -v no.such.invalid 1 </dev/null', err: unknownHost, code: 1},
    {what: 'a source that is no address', line: () => 'nc -s localhost 127.0.0.1 1', err: /^nc: localhost: not an address to connect from\n$/, code: 1},
    {what: 'no port', line: () => 'nc 127.0.0.1', err: /^nc: missing port number\n$/, code: 1},
    {what: 'nothing at all', line: () => 'nc', err: /^usage: nc /, code: 1},
  ])('$what', async ({line, err, code}) => {
    const result = await sh(line(await listen(silent)))
    expect(result).toEqual({out: '', err: expect.stringMatching(err) as string, code})
  })
})

describe('the arguments of nc', () => {
  const options = {host: 'h', port: 9000, scan: false, verbose: false, family: 0}

  test.each([
    {argv: 'h 9000', expected: options},
    {argv: '-zv h 9000', expected: {...options, scan: true, verbose: true}},
    {argv: '-vw1 h 9000', expected: {...options, verbose: true, timeoutMs: 1000}},
    {argv: '-w 2 -q 1 -N -n h 9000', expected: {...options, timeoutMs: 2000, quitMs: 1000}},
    {argv: 'h 9000 -w 3', expected: {...options, timeoutMs: 3000}},
    {argv: '-q -1 h 9000', expected: options},
    {argv: '-s127.0.0.3 h 9000', expected: {...options, source: '127.0.0.3'}},
    {argv: '-4 -- h 9000', expected: {...options, family: 4}},
  ])('$argv', ({argv, expected}) => {
    expect(parseNcArguments(argv.split(' '))).toEqual({type: 'run', options: expected})
  })

  const usage = '\nusage: nc [-46Nnvz] [-q seconds] [-s source] [-w timeout] destination port'
  test.each([
    ['-l 9000', `listening (-l) is not supported by tshift's nc; install netcat for that${usage}`],
    ['-u h 9000', `UDP (-u) is not supported by tshift's nc; install netcat for that${usage}`],
    ['-Y h 9000', `invalid option -- 'Y'${usage}`],
    ['-w', `option requires an argument -- 'w'${usage}`],
    ['-w x h 9000', 'timeout invalid: x'],
    ['-q x h 9000', 'quit timer invalid: x'],
    ['h http', 'port number invalid: http'],
    ['h 9000-9002', 'port number invalid: 9000-9002'],
    ['h 70000', 'port number too large: 70000'],
    ['h 0', 'port number too small: 0'],
    ['h', 'missing port number'],
    ['h 1 2', usage.trim()],
  ])('%s is refused', (argv, message) => {
    expect(parseNcArguments(argv.split(' '))).toEqual({type: 'refused', message})
  })
})
