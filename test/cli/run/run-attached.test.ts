import {spawn} from 'node:child_process'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../../help/sandbox.js'

const START = 'tshift gateway start --bind $BIND --admin-port 0 --readiness-port 0 --metrics-port 0'
const DELETED = 'pod "shell" deleted from default namespace\n'

describe('run, attached', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
  })
  afterAll(() => box.close())
  const run = (flags: string, input?: string) => box.sh(`tshift run shell -q ${flags}`, input === undefined ? {} : {input})

  test('names a gateway that does not run, and leaves nothing behind', async () => {
    const ran = await run('-i --rm --image=busybox -- true')
    expect(ran).toEqual({code: 1, stdout: '', stderr: "error: no gateway runs, so no pod would\nstart it with 'tshift gateway start'\n"})
    expect(await box.ok('tshift get pods -o name')).toBe('')
  })

  test.each([
    ['--rm -i --restart=Never --image=busybox -- sh -c "read a; echo got $HOME-less \\$a; exit 3"', {code: 3, stdout: expect.stringMatching(/^got .*-less zork\n/), stderr: 'pod default/shell terminated (Error)\n'}],
    ['--rm -i --image=alpine', {code: 0, stdout: 'asked for nothing but sh\n', stderr: ''}],
    ['--rm --attach --restart=OnFailure --image=bash -- bash -c "echo $((6 * 7))"', {code: 0, stdout: '42\n', stderr: ''}],
    ['--rm -i --restart=Never --image=busybox -- tshift-no-such', {code: 128, stdout: '', stderr: expect.stringContaining('exec: "tshift-no-such": executable file not found in $PATH')}],
    ['--rm -i --restart=Never --image=example.com/unknown', {code: 1, stdout: '', stderr: expect.stringMatching(/^error: pod default\/shell cannot run: Failed to pull image "example.com\/unknown": tshift pulls no images by itself: start docker or podman and restart the gateway, or, .*--allow-host-commands\n$/)}],
  ])('with %s gives what the program wrote and how it ended, and removes the pod', async (flags, {code, stdout, stderr}) => {
    if ((await box.sh('tshift gateway status')).code !== 0) await box.ok(START)
    const ran = await run(flags, flags.includes('alpine') ? 'echo asked for nothing but sh\n' : 'zork\n')
    expect(ran).toEqual({code, stdout, stderr})
    await expect.poll(() => box.ok('tshift get pods -o name')).toBe('')
  })

  test('says so when it removes the pod, and keeps in the log what was shown', async () => {
    expect((await box.sh('tshift run shell --rm -i --image=busybox --restart=Never -- true')).stdout).toBe(DELETED)
    expect(await run('-i --restart=Never --image=busybox -- sh -c "echo one; echo two >&2"')).toMatchObject({code: 0, stdout: 'one\n', stderr: 'two\n'})
    expect((await box.ok('tshift logs shell')).trim().split('\n').toSorted()).toEqual(['one', 'two'])
    expect(await box.ok('tshift get pod shell --no-headers')).toMatch(/^shell +0\/1 +Completed +0 /)
    expect(await box.ok('tshift delete pod shell')).toBe(DELETED)
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)('ended by %s takes the pod and the program with it', async (signal) => {
    const child = spawn(process.execPath, ['bin/tshift.js', 'run', 'shell', '--rm', '-i', '--image=busybox', '--', 'sh', '-c', 'echo $$; exec sleep 1000'], {
      env: {...process.env, TSHIFT_HOME: box.home},
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const pid = Number(await new Promise((resolve) => child.stdout.once('data', resolve)))
    child.kill(signal)
    await expect.poll(() => box.ok('tshift get pods -o name')).toBe('')
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  test('a session whose pod is deleted ends with its program', async () => {
    const session = run('-i --restart=Never --image=busybox -- sh -c "echo ready; exec sleep 1000"')
    await expect.poll(() => box.ok('tshift logs shell || true')).toContain('ready')
    await box.ok('tshift delete pod shell')
    expect(await session).toMatchObject({code: 1, stderr: expect.stringContaining('Error from server (NotFound): pods "shell" not found')})
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // ESRCH
  }
}
