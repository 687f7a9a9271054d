#!/usr/bin/env node
// Compiles src/ to dist/ and writes oclif.manifest.json, from which oclif knows all commands without loading them.
import {execFileSync} from 'node:child_process'
import {rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const manifest = path.join(root, 'oclif.manifest.json')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync(path.join(root, 'dist'), {recursive: true, force: true})
rmSync(manifest, {force: true})
execFileSync(process.execPath, [tsc, '-p', root], {stdio: 'inherit'})

const {Config} = await import('@oclif/core')
const config = await Config.load({root, devPlugins: false, userPlugins: false})
const plugin = config.plugins.get('tshift')
writeFileSync(manifest, JSON.stringify(plugin.manifest))
