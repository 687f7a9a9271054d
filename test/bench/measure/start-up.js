import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {versionOf} from '../peers.js'
import {quantile} from '../quantile.js'

const root = path.resolve(import.meta.dirname, '../../..')
const tshift = path.join(root, 'bin/tshift.js')
const [services, routes] = ['tcp-echo-services.yaml', 'tcp-echo-all-v1.yaml'].map((name) => path.join(root, 'examples/tcp-echo', name))

const VERBS = {
  version: ['version'],
  'get pods': ['get', 'pods'],
  'get -o yaml': ['get', 'virtualservice', 'tcp-echo', '-o', 'yaml'],
  'apply -f, three documents': ['apply', '-f', routes],
  describe: ['describe', 'service', 'tcp-echo'],
  analyze: ['analyze'],
  'proxy-config listeners': ['proxy-config', 'listeners', 'istio-ingressgateway'],
  'probe --help': ['probe', '--help'],
  'delete -f': ['delete', '--ignore-not-found', '-f', routes],
}

/** How long each verb takes from start to end, next to Node alone and to kubectl; interleaved. */
export const startUp = {
  name: 'start-up',
  async measure({startUps}) {
    const home = mkdtempSync(path.join(tmpdir(), 'tshift-bench-'))
    // certificates of one's own are read by every Node, which takes twice as long as its start
    const {NODE_EXTRA_CA_CERTS: _, ...environment} = process.env
    const env = {...environment, TSHIFT_HOME: home, NO_COLOR: '1'}
    spawnSync(process.execPath, [tshift, 'apply', '-f', services], {stdio: 'ignore', env})
    const commands = commandLines()
    const times = timesOf(commands, startUps, env)
    rmSync(home, {recursive: true, force: true})
    const rows = Object.keys(commands).map((name) => ({name, values: valuesOf(name, times)}))
    return {title: `Start-up, medians of ${startUps}`, columns: ['ms', '× node -e 0', '× kubectl'], rows, ...(times[KUBECTL] === undefined ? {missing: ['kubectl (start-up)']} : {})}
  },
}

const [NODE, KUBECTL] = ['node -e 0', 'kubectl version --client']

function commandLines() {
  const kubectl = ['/tmp/peers/kubectl/kubectl', 'kubectl'].find((name) => versionOf(name, ['version', '--client']) !== undefined)
  const verbs = Object.entries(VERBS).map(([name, args]) => [`tshift ${name}`, [process.execPath, tshift, ...args]])
  return {[NODE]: [process.execPath, '-e', '0'], ...(kubectl === undefined ? {} : {[KUBECTL]: [kubectl, 'version', '--client']}), ...Object.fromEntries(verbs)}
}

function timesOf(commands, rounds, env) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, [file, ...args]] of Object.entries(commands)) {
      const startMs = performance.now()
      spawnSync(file, args, {stdio: 'ignore', env})
      if (round > 0) times[name].push(performance.now() - startMs) // the first one warms the caches
    }
  }
  return times
}

function valuesOf(name, times) {
  const ms = quantile(times[name], 0.5)
  const ratioTo = (base) => (times[base] === undefined || base === name ? undefined : ms / quantile(times[base], 0.5))
  return {ms, '× node -e 0': ratioTo(NODE), '× kubectl': ratioTo(KUBECTL)}
}
