// Makes dist/bundle/ of everything in dist/ that the command line needs: chunks of which a verb loads those it needs, and beside each what V8 compiled of it,
// because a few files whose code is ready start in a quarter of the time of some hundreds. Processes of their own (data plane workers, echo servers, nc) start from
// dist/ as they are.
import {build, transform} from 'esbuild'
import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'

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
    plugins: [ownPlaces(dist), lmdbPlace, filesByName(dist, packageJson.oclif), lateRequires, noWindows],
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

/** Other chunks and parts of Node are loaded when something of them is first used. They are the first that esbuild names in a chunk, and nothing else is called so. */
function importLate(code) {
  const imports = [...code.matchAll(/\b(import_\w+)=((?:__toESM\()?require\("[^"]+"\)(?:,1)?\)?)(?=[,;])/g)]
  const names = new Set(imports.map(([, name]) => name))
  return code
    .replace(/(?<![\w$])import_\w+(?![\w=])/g, (name) => (names.has(name) ? `(${name}())` : name))
    .replace(/(?<=[;\n])require\("\.\/[^"]+"\);/g, '')
    .replace(/\b(import_\w+)=((?:__toESM\()?require\("[^"]+"\)(?:,1)?\)?)(?=[,;])/g, '$1_,$1=()=>$1_??=$2')
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

/** lmdb looks for its compiled part beside its own file. */
const lmdbPlace = {
  name: 'lmdb-place',
  setup({onLoad}) {
    onLoad({filter: /lmdb[\\/]dist[\\/]index\.cjs$/}, async ({path: file}) => ({
      contents: (await readFile(file, 'utf8')).replaceAll('__filename', `require('node:module').createRequire(__filename).resolve('lmdb')`),
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

/**
 * oclif requires all it has when it is loaded; here each of its modules when it is first used. Its compiled files name what they require
 * `errors_1`, as TypeScript does, and nothing else so.
 */
const lateRequires = {
  name: 'late-requires',
  setup({onLoad}) {
    onLoad({filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/}, async ({path: file}) => ({contents: requireLate(await readFile(file, 'utf8')), loader: 'js'}))
  },
}

function requireLate(text) {
  return text
    .replace(/(?<![\w$.])([a-z]\w*_\d+)(?= *[.,)\]])/g, '($1())')
    .replace(/^(?:const|var) ([a-z]\w*_\d+) = (.*\brequire\(.*\));$/gm, 'let $1_; const $1 = () => ($1_ ??= $2)')
    .replace(/^exports\.(\w+) = (__importStar\(require\(.*\)\));$/gm, 'Object.defineProperty(exports, "$1", {enumerable: true, get: () => $2})')
    .replace(/^checkNodeVersion\(\);$/m, '')
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
