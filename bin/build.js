#!/usr/bin/env node
// Compiles src/ to dist/, writes oclif.manifest.json, from which oclif knows all commands without loading them, and bundles the command line.
import {execFileSync} from 'node:child_process'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {bundle} from './bundle.js'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const manifestFile = path.join(root, 'oclif.manifest.json')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync(path.join(root, 'dist'), {recursive: true, force: true})
rmSync(manifestFile, {force: true})
execFileSync(process.execPath, [tsc, '-p', root], {stdio: 'inherit'})

const {Config} = await import('@oclif/core')
const config = await Config.load({root, devPlugins: false, userPlugins: false})
const {manifest} = config.plugins.get('tshift')
writeFileSync(manifestFile, JSON.stringify(manifest))
await bundle(root, manifest, JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))
