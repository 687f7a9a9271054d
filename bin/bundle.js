// Makes dist/tshift.cjs of everything in dist/ that the command line needs, and dist/tshift.cache, V8's compiled code of it: one file whose code is ready
// starts in half the time of some hundreds. Processes of their own (data plane workers, echo servers, nc) start from dist/ as they are.
import {build} from 'esbuild'
import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'

/** Bundles `root`/dist. `manifest` is oclif's. */
export async function bundle(root, manifest, packageJson) {
  const dist = path.join(root, 'dist')
  await build({
    stdin: {contents: entryOf(manifest, packageJson), resolveDir: dist},
    outfile: path.join(dist, 'tshift.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    // a stack has to say something
    keepNames: true,
    legalComments: 'none',
    // a script from a code cache cannot import; what stays outside is CommonJS
    supported: {'dynamic-import': false},
    // native parts look for themselves on disk; TypeScript is for those who run oclif from sources
    external: ['koffi', '@lydell/node-pty', 'typescript'],
    logLevel: 'warning',
    plugins: [ownPlaces(dist), lmdbPlace, filesByName(dist, packageJson.oclif)],
  })
  warmUp(root)
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

/** Runs what people run most, so that V8 has compiled it when its cache is written. */
function warmUp(root) {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-build-'))
  const env = {...process.env, TSHIFT_HOME: home, TSHIFT_WRITE_CODE_CACHE: '1'}
  const run = (...args) => execFileSync(process.execPath, [path.join(root, 'bin/tshift.js'), ...args], {stdio: 'ignore', env})
  try {
    run('apply', '-f', path.join(root, 'examples/tcp-echo/tcp-echo-services.yaml'))
    run('get', 'pods')
  } finally {
    rmSync(home, {recursive: true, force: true})
  }
}
