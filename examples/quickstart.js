#!/usr/bin/env node
// The tutorial in one go: services, gateway, all to v1, then 20 % to v2, with a verdict. Everything it makes lies in a directory of its
// own, which is removed at the end.
import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const home = mkdtempSync(path.join(tmpdir(), 'tshift-quickstart-'))
const env = {...process.env, TSHIFT_HOME: home}
const tshift = path.join(root, 'bin', 'tshift.js')

/** Runs one command of the tutorial, shown as one would type it; resolves with its exit code. */
function run(line, {quiet = false} = {}) {
  if (!quiet) console.log(`\n$ tshift ${line}`)
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tshift, ...line.split(' ')], {cwd: path.join(root, 'examples', 'tcp-echo'), env, stdio: quiet ? 'ignore' : 'inherit'})
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** `tshift probe … | tshift tally`. */
function probeAndTally(count) {
  console.log(`\n$ tshift probe --count ${count} --quiet | tshift tally`)
  return new Promise((resolve) => {
    const options = {cwd: root, env}
    const probe = spawn(process.execPath, [tshift, 'probe', '--count', String(count), '--quiet'], {...options, stdio: ['ignore', 'pipe', 'inherit']})
    const tally = spawn(process.execPath, [tshift, 'tally'], {...options, stdio: [probe.stdout, 'inherit', 'inherit']})
    tally.on('exit', (code) => resolve(code ?? 1))
  })
}

const steps = [
  () => run('apply -f tcp-echo-services.yaml'),
  () => run('gateway start'),
  () => run('get pod -l app=tcp-echo'),
  () => run('apply -f tcp-echo-all-v1.yaml'),
  () => run('probe --count 5'),
  () => run('apply -f tcp-echo-20-v2.yaml'),
  () => run('get virtualservice tcp-echo'),
  () => probeAndTally(1000),
  () => run('delete -f tcp-echo-all-v1.yaml -f tcp-echo-services.yaml'),
  () => run('gateway stop'),
]

let failed = 0
try {
  for (const step of steps) {
    failed = await step()
    if (failed !== 0) break
  }
} finally {
  await run('gateway stop', {quiet: true})
  rmSync(home, {recursive: true, force: true})
}
console.log(failed === 0 ? '\nThe split was verified; nothing is left running.' : `\nA step failed (exit code ${failed}).`)
process.exitCode = failed
