import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {quantile} from './measures.js'
import {versionOf} from './peers.js'

const root = path.resolve(import.meta.dirname, '../..')
const tshift = path.join(root, 'bin/tshift.js')

/** Medians of how long each command takes, ms, interleaved. */
export function measureStartUp(rounds) {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-bench-'))
  const manifest = path.join(root, 'examples/tcp-echo')
  const kubectl = ['/tmp/peers/kubectl/kubectl', 'kubectl'].find((name) => versionOf(name, ['version', '--client']) !== undefined)
  const commands = {
    'node -e 0': [process.execPath, '-e', '0'],
    ...(kubectl === undefined ? {} : {'kubectl version --client': [kubectl, 'version', '--client']}),
    'tshift version': [process.execPath, tshift, 'version'],
    'tshift get pods': [process.execPath, tshift, 'get', 'pods'],
    ...(existsSync(manifest) ? {'tshift apply -f': [process.execPath, tshift, 'apply', '-f', manifest]} : {}),
  }
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, [file, ...args]] of Object.entries(commands)) {
      const startMs = performance.now()
      spawnSync(file, args, {stdio: 'ignore', env: {...process.env, TSHIFT_HOME: home, NO_COLOR: '1'}})
      if (round > 0) times[name].push(performance.now() - startMs) // the first one warms the caches
    }
  }
  rmSync(home, {recursive: true, force: true})
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, quantile(values, 0.5)]))
}
