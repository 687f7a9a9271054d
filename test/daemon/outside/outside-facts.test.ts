import {mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import type {Clock} from '../../../src/base/clock.js'
import {OutsideFacts, readOutsideFacts} from '../../../src/daemon/outside/outside-facts.js'
import {worldOf, type World} from '../../../src/daemon/world.js'

const pem = (name: string) => readFileSync(new URL(`../../probe/tls/${name}.pem`, import.meta.url), 'utf8')
let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'tshift-facts-'))
  writeFileSync(path.join(directory, 'c.pem'), pem('certificate'))
  writeFileSync(path.join(directory, 'k.pem'), pem('key'))
})
afterEach(() => rmSync(directory, {recursive: true}))

function world(): World {
  const tls = {mode: 'SIMPLE', serverCertificate: path.join(directory, 'c.pem'), privateKey: path.join(directory, 'k.pem')}
  const gateway = {spec: {servers: [{port: {number: 443, name: 'tls', protocol: 'TLS'}, hosts: ['*'], tls}]}}
  const entry = {spec: {hosts: ['db.example.com'], resolution: 'DNS', ports: [{number: 9000, name: 'tcp', protocol: 'TCP'}]}}
  return worldOf([
    {apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: {name: 'gateway', namespace: 'default'}, ...gateway},
    {apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: {name: 'db', namespace: 'default'}, ...entry},
  ])
}

const lookup = async () => ({addresses: ['192.0.2.1']})
const key = () => `files:${directory}/c.pem|${directory}/k.pem||`
const pair = () => ({certificate: pem('certificate'), privateKey: pem('key')})

test('a command that looks once has certificates and addresses', async () => {
  const facts = await readOutsideFacts(world(), {lookup})
  expect(facts).toEqual({credentials: {[key()]: {pair: pair()}}, resolved: {'db.example.com': ['192.0.2.1']}, lookupProblems: {}})
})

test('a name that cannot be resolved is said and keeps nobody waiting', async () => {
  const facts = await readOutsideFacts(world(), {lookup: () => Promise.reject(Object.assign(new Error('no'), {code: 'ENOTFOUND'}))})
  expect([facts.resolved, facts.lookupProblems]).toEqual([{}, {'db.example.com': 'the name is not known'}])
  const stuck = await readOutsideFacts(world(), {lookup: () => new Promise(() => undefined), patienceMs: 10})
  expect([stuck.resolved, stuck.lookupProblems]).toEqual([{}, {}])
})

test('a file that is replaced is told, and a bad one does not take the place of a good one', async () => {
  let told: () => void = () => undefined
  const facts = new OutsideFacts({changed: () => told(), lookup})
  try {
    expect((await facts.gather(world())).credentials).toEqual({[key()]: {pair: pair()}})
    const change = new Promise<void>((resolve) => (told = resolve))
    writeFileSync(path.join(directory, 'new.pem'), 'not a certificate')
    renameSync(path.join(directory, 'new.pem'), path.join(directory, 'c.pem'))
    await change
    const warning = 'the last good one stays in force: the certificate is no PEM certificate'
    expect((await facts.gather(world())).credentials).toEqual({[key()]: {pair: pair(), warning}})
  } finally {
    facts.close()
  }
})

test('names that fail are told with the addresses that stay in use', async () => {
  const answers = [() => lookup(), () => Promise.reject(Object.assign(new Error('no'), {code: 'EAI_AGAIN'}))]
  let nowMs = 0
  const facts = new OutsideFacts({changed: () => undefined, lookup: () => (answers.shift() ?? lookup)(), clock: {now: () => nowMs} as Clock})
  try {
    await facts.gather(world())
    expect(facts.unresolved).toEqual({})
    nowMs = 6000
    await facts.gather(world())
    await expect.poll(() => facts.unresolved).toEqual({'db.example.com': {reason: 'the name server does not answer', addresses: ['192.0.2.1']}})
    nowMs = 12_000
    await facts.gather(world())
    await expect.poll(() => facts.unresolved).toEqual({})
  } finally {
    facts.close()
  }
})
