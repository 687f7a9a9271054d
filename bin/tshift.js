#!/usr/bin/env node
// Runs the bundle that `npm run build` made, from V8's code cache where that was made by this very Node.
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import Module, {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {Script} from 'node:vm'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const file = path.join(dist, 'tshift.cjs')
const cache = path.join(dist, 'tshift.cache')

if (!existsSync(file)) {
  console.error("error: tshift is not built yet\nbuild it with 'npm run quickstart', or 'npm ci && npm run build'")
  process.exit(1)
}

// esbuild writes ASCII only, which is read in half the time of UTF-8
const script = new Script(Module.wrap(readFileSync(file, 'latin1')), {filename: file, cachedData: existsSync(cache) ? readFileSync(cache) : undefined})
const module = new Module(file)
script.runInThisContext()(module.exports, createRequire(file), module, file, dist)

if (process.env.TSHIFT_WRITE_CODE_CACHE === '1') process.on('exit', () => writeFileSync(cache, script.createCachedData()))
