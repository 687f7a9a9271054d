// Makes dist/bundle/ of everything in dist/ that the command line needs: chunks of which a verb loads those it needs, and beside each what V8 compiled of it,
// because a few files whose code is ready start in a quarter of the time of some hundreds. Processes of their own (data plane workers, echo servers, nc) start from
// dist/ as they are.
import {build, transform} from 'esbuild'
import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {importLate, requireLate} from './late.mjs'

/** Names stay as they are: a stack has to say something, and giving each function its name back takes time at every start. */
const MINIFY = {minifyWhitespace: true, minifySyntax: true}

/** Bundles `root`/dist. `manifest` is oclif's. */
export async function bundle(root, manifest, packageJson) {
  const dist = path.join(root, 'dist')
  const outdir = path.join(dist, 'bundle')
  const {outputFiles} = await build({
    stdin: {contents: entryOf(manifest, packageJson), resolveDir: dist},
    outdir,
    outExtension: {'.js': '.cjs'},
    bundle: true,
    // what `import()` asks for becomes a chunk, and what several of them share; of ES modules only
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    ...MINIFY,
    legalComments: 'none',
    // native parts look for themselves on disk; TypeScript is for those who run oclif from sources
    external: ['koffi', '@lydell/node-pty', 'typescript'],
    // lmdb does without msgpackr's compiled part, which would be looked for at every start
    define: {'process.env.MSGPACKR_NATIVE_ACCELERATION_DISABLED': '"true"'},
    logLevel: 'warning',
    write: false,
    plugins: [ownPlaces(dist), lmdbPart, filesByName(dist, packageJson.oclif), lateRequires, noWindows],
  })
  await mkdir(outdir, {recursive: true})
  await Promise.all(outputFiles.map(async ({path: file, text}) => writeFile(file, await toScript(text))))
  warmUp(root)
}

/** A chunk as the CommonJS that `vm.Script` takes: ES modules have no code cache there, and a script from a code cache cannot import. */
async function toScript(chunk) {
  const {code} = await transform(chunk, {format: 'cjs', platform: 'node', target: 'node20', ...MINIFY, supported: {'dynamic-import': false}})
  return importLate(code)
}

function entryOf({commands}, {name, version, description, oclif}) {
  const entries = Object.values(commands).map((command) => {
    const file = `./${command.relativePath.slice(1).join('/')}`
    // as text, which JSON.parse reads faster than V8 an object literal
    return `${JSON.stringify(command.id)}: {cached: ${JSON.stringify(JSON.stringify(command))}, load: () => import(${JSON.stringify(file)})}`
  })
  return [
    `import {main} from './cli/main.js'`,
    `import path from 'node:path'`,
    `main({`,
    `  root: path.dirname(__dirname),`,
    `  packageJson: ${JSON.stringify({name, version, description, oclif})},`,
    `  commands: {${entries.join(',\n')}},`,
    `}, process.argv.slice(2))`,
  ].join('\n')
}

/** Modules find their neighbours on disk by `import.meta.url`: it stays the place they had before they were bundled. */
function ownPlaces(dist) {
  return {
    name: 'own-places',
    setup({onLoad, onResolve}) {
      // texts that only `explain` reads stay in their file
      onResolve({filter: /descriptions\.json$/}, () => ({path: './api/schema/descriptions.json', external: true}))
      onLoad({filter: /\.js$/}, async ({path: file}) => {
        if (!file.startsWith(dist + path.sep)) return undefined
        const url = `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${JSON.stringify(path.relative(dist, file))})).href`
        const text = await readFile(file, 'utf8')
        // lmdb is required by a name that esbuild cannot see through
        return {contents: text.replace(`createRequire(import.meta.url)('lmdb')`, `require('lmdb')`).replaceAll('import.meta.url', url), loader: 'js'}
      })
    },
  }
}

/**
 * lmdb's compiled part is in a package for each platform. What finds it first asks which libc there is, and for that loads what starts processes: here it
 * is asked only where the part for glibc, by V8's ABI or by Node's, cannot be loaded.
 */
const lmdbPart = {
  name: 'lmdb-part',
  setup({onLoad}) {
    onLoad({filter: /node-gyp-build-optional-packages[\\/]index\.js$/}, () => ({
      contents: `
        const {createRequire} = require('node:module')
        const part = \`@lmdb/lmdb-\${process.platform}-\${process.arch}/node.\`
        module.exports = () => {
          for (const abi of ['abi' + process.versions.modules, 'napi']) {
            try { return require(part + abi + '.glibc.node') } catch {}
          }
          return require('./node-gyp-build.js')(require('node:path').join(createRequire(__filename).resolve('lmdb'), '../..'))
        }`,
      loader: 'js',
    }))
  },
}

/** oclif loads help and hooks by the names of their files in package.json: here those are in the bundle. */
function filesByName(dist, {helpClass, hooks = {}}) {
  const targets = [helpClass, ...Object.values(hooks)].map(({target}) => target)
  const cases = targets.map((target) => `  ${JSON.stringify(path.basename(target))}: () => require(${JSON.stringify(path.join(dist, '..', target))}),`)
  const contents = [
    `const path = require('node:path')`,
    `const modules = {\n${cases.join('\n')}\n}`,
    `const load = async (_config, file) => modules[path.basename(file)]()`,
    `module.exports = {load, loadWithData: async (config, file) => ({isESM: true, filePath: file, module: await load(config, file)}), isPathModule: () => true}`,
  ].join('\n')
  return {
    name: 'files-by-name',
    setup({onLoad}) {
      onLoad({filter: /@oclif[\\/]core[\\/]lib[\\/]module-loader\.js$/}, () => ({contents, loader: 'js', resolveDir: dist}))
    },
  }
}

/** oclif asks whether this Linux is one within Windows, for which it loads what starts processes; nothing here depends on the answer. */
const noWindows = {
  name: 'no-windows',
  setup({onLoad}) {
    onLoad({filter: /[\\/]wsl-utils[\\/]index\.js$/}, () => ({contents: "export const isWsl = false, powerShellPath = async () => 'powershell'", loader: 'js'}))
  },
}

/** oclif requires all it has when it is loaded; here each of its modules when it is first used. */
const lateRequires = {
  name: 'late-requires',
  setup({onLoad}) {
    onLoad({filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/}, async ({path: file}) => ({contents: requireLate(await readFile(file, 'utf8')), loader: 'js'}))
  },
}

const MANIFESTS = ['tcp-echo-services.yaml', 'tcp-echo-all-v1.yaml'].map((name) => `examples/tcp-echo/${name}`)

/** What people run most, as far as it needs no gateway. */
const TYPICAL = [
  ...MANIFESTS.map((file) => ['apply', '-f', file]),
  ['apply', '-f', MANIFESTS[1]],
  ['get', 'pods'],
  ['get', 'virtualservice', 'tcp-echo', '-o', 'yaml'],
  ['describe', 'service', 'tcp-echo'],
  ['analyze'],
  ['proxy-config', 'listeners', 'deploy/istio-ingressgateway.istio-system'],
  ['probe', '--help'],
  ['version'],
  ...MANIFESTS.map((file) => ['delete', '-f', file]),
]

/** Runs what is typical, so that V8 has compiled it when the caches are written. What a run compiles is added to what those before it left. */
function warmUp(root) {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-build-'))
  const env = {...process.env, TSHIFT_HOME: home, TSHIFT_WRITE_CODE_CACHE: '1'}
  try {
    for (const words of TYPICAL) execFileSync(process.execPath, [path.join(root, 'bin/tshift.js'), ...words], {stdio: 'ignore', cwd: root, env})
  } finally {
    rmSync(home, {recursive: true, force: true})
  }
}
