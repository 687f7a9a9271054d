#!/usr/bin/env node
// Runs dist/ as tsc left it, without the bundle: for development, after `npx tsc -p .`.
const {execute} = require('@oclif/core')
const path = require('node:path')

import('../dist/cli/command-line/argv.js').then(({normalizeArgv}) => execute({dir: path.dirname(__dirname), args: normalizeArgv(process.argv.slice(2))}))
