#!/usr/bin/env node
// Compiles src/ to dist/, writes oclif.manifest.json, from which oclif knows all commands without loading them, and bundles the command line.
const {execFileSync} = require('node:child_process')
const {readFileSync, rmSync, writeFileSync} = require('node:fs')
const path = require('node:path')

const root = path.dirname(__dirname)
const manifestFile = path.join(root, 'oclif.manifest.json')

rmSync(path.join(root, 'dist'), {recursive: true, force: true})
rmSync(manifestFile, {force: true})
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', root], {stdio: 'inherit'})
finish()

async function finish() {
  const {Config} = require('@oclif/core')
  const config = await Config.load({root, devPlugins: false, userPlugins: false})
  const {manifest} = config.plugins.get('tshift')
  writeFileSync(manifestFile, JSON.stringify(manifest))
  const {bundle} = await import('./bundle.mjs')
  await bundle(root, manifest, JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))
}
