#!/usr/bin/env node
// Runs dist/ as tsc left it, without the bundle: for development, after `npx tsc -p .`.
import {execute} from '@oclif/core'
import {normalizeArgv} from '../dist/cli/command-line/argv.js'

await execute({dir: import.meta.url, args: normalizeArgv(process.argv.slice(2))})
