import {mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {PassThrough, Readable} from 'node:stream'
import {text} from 'node:stream/consumers'
import {afterAll, describe, expect, test} from 'vitest'
import {execInPod, type ExecOptions} from '../../src/workload/exec/exec.js'
import {findExecutable} from '../../src/workload/exec/find-executable.js'
import {writeNcShim} from '../../src/workload/nc/nc-shim.js'
import {tcpEchoRuntime} from '../../src/workload/runtimes/tcp-echo-runtime.js'
import {compileEntries} from './compiled-entries.js'
import {containerSpec} from './container-spec.js'
import {freePort} from './free-port.js'

const entry = compileEntries()
const root = mkdtempSync(path.join(tmpdir(), 'tshift-exec-'))
afterAll(() => rmSync(root, {recursive: true, force: true}))

async function exec(argv: readonly string[], change: Partial<ExecOptions> = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const options = {argv, env: {}, nc: {directory: path.join(root, 'bin'), words: [process.execPath, entry('nc-main')]}, stdin: undefined, stdout, stderr, ...change}
  const written = Promise.all([text(stdout), text(stderr)])
  const code = await execInPod(options)
  stdout.end()
  stderr.end()
  const [out, err] = await written
  return {code, out, err}
}

describe('exec in a pod', () => {
  test.each([
    {what: 'the exit code', line: 'exit 3', expected: {code: 3, out: '', err: ''}},
    {what: '128 and the signal', line: 'kill -s TERM $$', expected: {code: 143, out: '', err: ''}},
    {what: 'both outputs', line: 'echo out; echo err >&2', expected: {code: 0, out: 'out\n', err: 'err\n'}},
    {what: 'no input where none is passed on', line: 'cat', expected: {code: 0, out: '', err: ''}},
    {what: 'its pod, its machine and no secret', line: 'echo $HOSTNAME-$SECRET-${PATH#*:}', expected: {code: 0, out: 'sleep-1--/usr/bin:/bin\n', err: ''}},
  ])('gives $what', async ({line, expected}) => {
    const host = {PATH: '/usr/bin:/bin', SECRET: 'token', HOSTNAME: 'laptop'}
    expect(await exec(['sh', '-c', line], {env: {HOSTNAME: 'sleep-1', PATH: '/in/the/image'}, host})).toEqual(expected)
  })

  test('passes the input on', async () => {
    expect(await exec(['cat'], {stdin: Readable.from(['a', 'b'])})).toEqual({code: 0, out: 'ab', err: ''})
  })

  test('a command that does not read its input ends all the same', async () => {
    expect(await exec(['true'], {stdin: new PassThrough()})).toEqual({code: 0, out: '', err: ''})
  })

  test.each([
    ['tshift-no-such', 'exec: "tshift-no-such": executable file not found in $PATH'],
    ['/no/such', 'exec: "/no/such": stat /no/such: no such file or directory'],
  ])('%s is not found, in the words of kubectl', async (program, end) => {
    const start =
      'Internal error occurred: error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed: ' +
      'unable to start container process: '
    await expect(exec([program])).rejects.toMatchObject({name: 'UserError', message: start + end, exitCode: 1})
  })

  test('is ended by its signal', async () => {
    const aborted = new AbortController()
    const stdout = new PassThrough()
    const ended = exec(['sh', '-c', 'echo up; sleep 100; echo no'], {stdout, signal: aborted.signal})
    stdout.once('data', () => aborted.abort())
    expect((await ended).code).toBe(143)
  })

  test('the loop of the tutorials finds an nc', async () => {
    const port = await freePort()
    const container = containerSpec({image: 'tcp-echo-server', args: ['9000', 'one'], hostPort: () => port})
    const server = await tcpEchoRuntime({entry: entry('echo-main')}).start(container, () => {})
    await server.ready
    const host = {PATH: await pathWithoutNc()}
    const loop = exec(['sh', '-c', '(echo now; sleep 0.1) | nc 127.0.0.1 $PORT'], {env: {PORT: String(port)}, host})
    expect(await loop).toEqual({code: 0, out: 'one now\n', err: ''})
    await server.stop(1000)
  })

  test('our nc, which knows the pod, comes before that of the machine', async () => {
    const directory = path.join(root, 'before')
    const machine = path.join(root, 'machine')
    await writeNcShim(machine, ['echo', 'machine'])
    const host = {PATH: `${machine}:/usr/bin:/bin`}
    expect(await exec(['nc', 'x'], {nc: {directory, words: ['echo', 'pod']}, host})).toEqual({code: 0, out: 'pod x\n', err: ''})
  })
})

/** A directory with the few programs the loop needs, so that the test says the same on a machine that has nc. */
async function pathWithoutNc(): Promise<string> {
  const directory = path.join(root, 'few')
  mkdirSync(directory)
  for (const name of ['sh', 'sleep', 'date']) symlinkSync((await findExecutable(name, process.env['PATH'] ?? '')) ?? '', path.join(directory, name))
  return directory
}
