import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fnv1a} from '../../src/base/fnv.js'

const root = path.resolve(import.meta.dirname, '../..')
const ENTRY = path.join(root, 'bin/tshift.js')
/** Which of vitest's processes this is: those of one run never meet, and those of other runs differ in their pids. */
const POOL = Number(process.env['VITEST_POOL_ID'] ?? 0) % 8
let count = 0

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A state directory of its own with the built `tshift` and its `nc` on the PATH, and an address no other test listens on. */
export interface Sandbox {
  readonly home: string
  readonly address: string
  readonly directory: string
  /** Runs a line as bash would, in the examples directory. */
  sh(line: string, options?: {input?: string; env?: Record<string, string>; cwd?: string}): Promise<Ran>
  /** As `sh`, but fails the test where the exit code is not 0; returns stdout. */
  ok(line: string, options?: {input?: string; env?: Record<string, string>; cwd?: string}): Promise<string>
  /** Ends the gateway and removes everything. */
  close(): Promise<void>
}

export function createSandbox(): Sandbox {
  const directory = mkdtempSync(path.join(tmpdir(), 'tshift-test-'))
  const home = homeIn(directory)
  const bin = path.join(directory, 'bin')
  mkdirSync(bin)
  for (const [name, line] of [['tshift', '"$@"'], ['nc', 'nc "$@"']] as const) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\nexec '${process.execPath}' '${ENTRY}' ${line}\n`, {mode: 0o755})
  }
  const address = `127.${16 + 16 * (POOL % 2) + ((process.pid >> 8) & 15)}.${process.pid & 255}.${++count}`
  const baseEnv = {...process.env, NO_COLOR: '1', CI: '', TSHIFT_CONTAINER_ENGINE: 'none', TSHIFT_HOME: home, BIND: address, PATH: `${bin}:${process.env['PATH'] ?? ''}`}

  const sh: Sandbox['sh'] = (line, {input, env = {}, cwd = path.join(root, 'examples')} = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('bash', ['-c', line], {cwd, env: {...baseEnv, ...env}, stdio: ['pipe', 'pipe', 'pipe']})
      const out: Buffer[] = []
      const err: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
      child.on('error', reject)
      child.stdin.on('error', () => undefined) // the command did not want all of its input
      child.stdin.end(input ?? '')
      child.on('close', (code) => resolve({code: code ?? -1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString()}))
    })

  const ok: Sandbox['ok'] = async (line, options) => {
    const {code, stdout, stderr} = await sh(line, options)
    if (code !== 0) throw new Error(`${line}\nexit code ${code}\n${stdout}${stderr}`)
    return stdout
  }

  return {
    home,
    address,
    directory,
    sh,
    ok,
    async close() {
      await sh('tshift gateway stop')
      rmSync(directory, {recursive: true, force: true})
    },
  }
}

/** A cluster draws the networks of its pods and Services from the name of its home: one of this process's share of them. */
function homeIn(directory: string): string {
  for (let i = 0; ; i++) {
    const home = path.join(directory, `home${i}`)
    if (fnv1a(home) % 8 === POOL) return home
  }
}
