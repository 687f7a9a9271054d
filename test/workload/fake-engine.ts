import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/**
 * A container engine whose containers are programs of this machine, with the words of docker and podman that we use: what it was called with is noted, and a
 * container goes from `created` over `running` to `exited` and stays until it is removed. Its id is its name and a number.
 */
export function fakeEngine(directory: string, name: string, {here, pulls}: {readonly here: boolean; readonly pulls: boolean}) {
  const state = path.join(directory, `${name}.state`)
  const calls = path.join(state, 'calls')
  const program = path.join(directory, name)
  mkdirSync(state)
  writeFileSync(calls, '')
  const script = `#!${process.execPath}
const {appendFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} = require('node:fs')
const {spawn} = require('node:child_process')
const {constants} = require('node:os')
const args = process.argv.slice(2)
const [verb] = args
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n')
const state = ${JSON.stringify(state)}
const idOf = (reference) => readdirSync(state).map((name) => name.replace(/[.]json$/, '')).find((id) => id === reference || id.replace(/[.][0-9]+$/, '') === reference)
const file = (reference) => state + '/' + (idOf(reference) ?? reference) + '.json'
const save = (name, container) => { writeFileSync(file(name) + '.new', JSON.stringify(container)); renameSync(file(name) + '.new', file(name)) }
const fail = (message) => { console.error('Error: ' + message); process.exit(125) }
const load = (name) => existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : fail('no such container')
const valuesOf = (flag) => args.filter((word) => word.startsWith(flag + '=')).map((word) => word.slice(flag.length + 1))

if (verb === 'ps') process.exit(0)
if (verb === 'image') process.exit(${here ? 0 : 1})
if (verb === 'pull' && !${pulls}) { console.error('warning: trying again\\nError: no such host'); process.exit(125) }
if (verb === 'create') {
  const env = Object.fromEntries(valuesOf('--env').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
  const argv = [...valuesOf('--entrypoint'), ...args.slice(args.indexOf('--') + 2)]
  const id = valuesOf('--name')[0] + '.' + process.pid
  save(id, {status: 'created', pid: 0, argv, env})
  console.log(id)
}
if (verb === 'start') {
  const name = args.at(-1)
  const container = load(name)
  const child = spawn(container.argv[0], container.argv.slice(1), {env: {...process.env, ...container.env}, stdio: 'inherit', detached: true})
  child.on('error', () => fail('unable to start container ' + 'ab'.repeat(32) + ': ' + container.argv[0] + ' not found'))
  child.on('spawn', () => save(name, {...container, status: 'running', pid: child.pid}))
  child.on('exit', (code, signal) => {
    const status = signal === null ? code : 128 + constants.signals[signal]
    if (existsSync(file(name))) save(name, {...container, status: 'exited', pid: 0})
    process.exit(status)
  })
}
if (verb === 'inspect') {
  const {status, pid} = load(args.at(-1))
  console.log(status, pid)
}
if (verb === 'stop') {
  const {pid} = load(args.at(-1))
  if (pid > 0) process.kill(-pid, 'SIGTERM')
}
if (verb === 'rm' && existsSync(file(args.at(-1)))) {
  const {pid} = load(args.at(-1))
  rmSync(file(args.at(-1)))
  try { if (pid > 0) process.kill(-pid, 'SIGKILL') } catch {}
}
`
  writeFileSync(program, script, {mode: 0o755})
  return {program, calls: () => readFileSync(calls, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as string[])}
}
