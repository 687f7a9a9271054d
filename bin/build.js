#!/usr/bin/env node
// Compiles src/ to dist/. Kept in one place so that `npm run build` stays the only thing a user has to know.
import {execFileSync} from 'node:child_process'
import {rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync(path.join(root, 'dist'), {recursive: true, force: true})
execFileSync(process.execPath, [tsc, '-p', root], {stdio: 'inherit'})
