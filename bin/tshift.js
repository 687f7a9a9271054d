#!/usr/bin/env node
// Runs the bundle that `npm run build` made, from V8's code cache where that was made by this very Node. CommonJS, which starts 5 ms before an ES module.
const {existsSync, readFileSync, writeFileSync} = require('node:fs')
const {createRequire, wrap} = require('node:module')
const path = require('node:path')
const {Script} = require('node:vm')

const dist = path.join(__dirname, '../dist')
const bundle = path.join(dist, 'bundle')
const chunks = new Map()
// as from dist/, where everything had its place before it was bundled
const requireOutside = createRequire(path.join(dist, 'tshift.cjs'))
const writesCache = process.env.TSHIFT_WRITE_CODE_CACHE === '1'

if (!existsSync(bundle)) {
  console.error("error: tshift is not built yet\nbuild it with 'npm run quickstart', or 'npm ci && npm run build'")
  process.exit(1)
}
requireChunk('./stdin.cjs') // esbuild's name for an entry that it was given as text

/** What a chunk requires: another chunk, or anything else. */
function requireChunk(id) {
  const known = chunks.get(id)
  if (known !== undefined) return known.exports
  const file = path.join(bundle, id)
  return id.endsWith('.cjs') && existsSync(file) ? run(id, file) : requireOutside(id)
}

function run(id, file) {
  const cache = `${file}.cache`
  // esbuild writes ASCII only, which is read in half the time of UTF-8
  const script = new Script(wrap(readFileSync(file, 'latin1')), {filename: file, cachedData: existsSync(cache) ? readFileSync(cache) : undefined})
  const module = {exports: {}}
  chunks.set(id, module)
  script.runInThisContext()(module.exports, requireChunk, module, file, dist)
  if (writesCache) process.on('exit', () => writeFileSync(cache, script.createCachedData()))
  return module.exports
}
