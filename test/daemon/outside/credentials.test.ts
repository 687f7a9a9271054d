import {execFileSync} from 'node:child_process'
import {generateKeyPairSync} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import type {Secret} from '../../../src/api/kinds/secret.js'
import {manualClock} from '../../help/manual-clock.js'
import {checkCredential} from '../../../src/daemon/outside/credential-check.js'
import {Credentials} from '../../../src/daemon/outside/credentials.js'
import {configMapMaterial, secretMaterial} from '../../../src/daemon/outside/secret-material.js'
import {filesKey, type FilesRequest, type SecretRequest} from '../../../src/routing/tls/credential-request.js'

const pem = (name: string) => readFileSync(new URL(`../../probe/tls/${name}.pem`, import.meta.url), 'utf8')
const [CERTIFICATE, KEY] = [pem('certificate'), pem('key')]
const OTHER_KEY = generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey.export({type: 'pkcs8', format: 'pem'}).toString()
const NOW = Date.parse('2026-11-21T00:00:00Z')

function secret(name: string, values: Readonly<Record<string, string>>): Secret {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
  return {apiVersion: 'v1', kind: 'Secret', metadata: {name, namespace: 'istio-system'}, data}
}

function ask(name: string, wants: Partial<SecretRequest> = {}): SecretRequest {
  return {type: 'secret', key: `secret:istio-system/${name}`, namespace: 'istio-system', name, wantsPair: true, wantsCa: false, ...wants}
}

const among = (...secrets: readonly Secret[]) => (namespace: string, name: string) =>
  secrets.find(({metadata}) => metadata.namespace === namespace && metadata.name === name)

/** The same, with no ConfigMap beside. */
const from = (...secrets: readonly Secret[]) => ({secretOf: among(...secrets), configMapOf: () => undefined})

const NOTHING = "secret istio-system/s: found secret, but didn't have"
const UNEXPECTED = `${NOTHING} expected keys (cert and key) or (tls.crt and tls.key); found:`

describe('a Secret', () => {
  test.each<[string, Readonly<Record<string, string>>, Partial<SecretRequest>, object | string]>([
    ['is read by kubectl\'s names', {'tls.crt': 'C', 'tls.key': 'K'}, {}, {certificate: 'C', privateKey: 'K'}],
    ['is read by the generic names, which come first', {'tls.crt': 'X', 'tls.key': 'X', cert: 'C', key: 'K'}, {}, {certificate: 'C', privateKey: 'K'}],
    ['has its own authorities', {cert: 'C', key: 'K', cacert: 'A', crl: 'R'}, {wantsCa: true}, {certificate: 'C', privateKey: 'K', ca: 'A', crl: 'R'}],
    ['may have nothing but authorities', {'ca.crt': 'A', 'ca.crl': 'R'}, {wantsPair: false, wantsCa: true}, {ca: 'A', crl: 'R'}],
    ['must have both halves', {'tls.crt': 'C'}, {}, `${UNEXPECTED} tls.crt`],
    ['must not be empty', {'tls.crt': '', 'tls.key': ''}, {}, 'secret istio-system/s: found keys "tls.crt" and "tls.key", but they were empty'],
    ['is told by its first keys', {a: '1', b: '1', c: '1', d: '1', e: '1'}, {}, `${UNEXPECTED} a, b, c, and 2 more...`],
    ['must have authorities if asked for', {cert: 'C', key: 'K'}, {wantsCa: true}, `${NOTHING} expected keys cacert or ca.crt; found: cert, key`],
    ['has keys, not properties', {}, {}, `${UNEXPECTED} `],
  ])('%s', (_, values, wants, expected) => {
    const read = () => secretMaterial(ask('s', wants), among(secret('s', values)))
    if (typeof expected === 'string') expect(read).toThrow(new Error(expected))
    else expect(read()).toEqual(expected)
  })

  test('leaves its authorities to one named after it, where there is one', () => {
    const secrets = among(secret('s', {cert: 'C', key: 'K', cacert: 'own'}), secret('s-cacert', {cacert: 'other'}))
    expect(secretMaterial(ask('s', {wantsCa: true}), secrets)).toEqual({certificate: 'C', privateKey: 'K', ca: 'other'})
    expect(secretMaterial(ask('s-cacert', {wantsPair: false, wantsCa: true}), among(secret('s', {cacert: 'own'})))).toEqual({ca: 'own'})
  })

  test('that is missing is named', () => {
    expect(() => secretMaterial(ask('s'), among())).toThrow(new Error('secret istio-system/s not found'))
  })
})

describe('a ConfigMap', () => {
  const request = {type: 'configmap', key: 'configmap:ns/c', namespace: 'ns', name: 'c'} as const
  test.each<[string, Readonly<Record<string, string>> | undefined, object | string]>([
    ['gives authorities in plain text', {'ca.crt': 'A', 'ca.crl': 'R'}, {ca: 'A', crl: 'R'}],
    ['is read by the generic name first', {cacert: 'A', 'ca.crt': 'B'}, {ca: 'A'}],
    ['must not be empty', {'ca.crt': ''}, 'configmap ns/c: found key "ca.crt", but it was empty'],
    ['must have authorities', {x: '1'}, "configmap ns/c: found secret, but didn't have expected keys cacert or ca.crt; found: x"],
    ['must be there', undefined, 'configmap ns/c not found'],
  ])('%s', (_, data, expected) => {
    const read = () => configMapMaterial(request, () => data && {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'c', namespace: 'ns'}, data})
    if (typeof expected === 'string') expect(read).toThrow(new Error(expected))
    else expect(read()).toEqual(expected)
  })
})

describe('a credential', () => {
  test('is good when the key belongs to the certificate', () => {
    const credential = checkCredential({certificate: CERTIFICATE, privateKey: KEY, ca: CERTIFICATE}, NOW)
    expect(credential).toEqual({pair: {certificate: CERTIFICATE, privateKey: KEY}, ca: CERTIFICATE})
  })

  test.each([
    ['another key', {certificate: CERTIFICATE, privateKey: OTHER_KEY}, 'the private key does not belong to the certificate'],
    ['no PEM', {certificate: 'hello', privateKey: KEY}, 'the certificate is no PEM certificate'],
    ['PEM around nothing', {ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'}, /^the CA certificate cannot be parsed: /],
    ['a key that is none', {certificate: CERTIFICATE, privateKey: CERTIFICATE}, /^the private key cannot be parsed: /],
    ['a revocation list that is none', {ca: CERTIFICATE, crl: 'hello'}, /^OpenSSL does not take it: /],
  ])('has a problem with %s', (_, material, problem) => {
    expect(checkCredential(material, NOW)).toEqual({problem: typeof problem === 'string' ? problem : expect.stringMatching(problem)})
  })

  test('is used with a warning out of its time', () => {
    const warningAt = (date: string) => checkCredential({certificate: CERTIFICATE, privateKey: KEY}, Date.parse(date)).warning
    expect(warningAt('2300-01-01')).toMatch(/^the certificate of .+ expired on \d{4}-/)
    expect(warningAt('2000-01-01')).toMatch(/^the certificate of .+ is not valid before \d{4}-/)
    expect(checkCredential({certificate: CERTIFICATE, privateKey: KEY}, 0).pair).toBeDefined()
  })
})

describe('credentials', () => {
  const good = secret('s', {cert: CERTIFICATE, key: KEY})
  const pair = {certificate: CERTIFICATE, privateKey: KEY}

  test('that turn bad or go away stay in force until nobody asks for them', async () => {
    const credentials = new Credentials(manualClock(NOW))
    const resolve = async (found?: Secret) => (await credentials.resolve([ask('s')], from(...(found ? [found] : []))))['secret:istio-system/s']
    expect(await resolve(secret('s', {cert: 'bad', key: 'bad'}))).toEqual({problem: 'the certificate is no PEM certificate'})
    expect(await resolve(good)).toEqual({pair})
    const bad = secret('s', {cert: CERTIFICATE, key: OTHER_KEY})
    expect(await resolve(bad)).toEqual({pair, warning: 'the last good one stays in force: the private key does not belong to the certificate'})
    expect(await resolve()).toEqual({pair, warning: 'the last good one stays in force: secret istio-system/s not found'})
    expect(await resolve(good)).toEqual({pair})
    await credentials.resolve([], from())
    expect(await resolve()).toEqual({problem: 'secret istio-system/s not found'})
  })

  test('expire without a change', async () => {
    const clock = manualClock(NOW)
    const credentials = new Credentials(clock)
    expect(await credentials.resolve([ask('s')], from(good))).toEqual({'secret:istio-system/s': {pair}})
    clock.advance(300 * 365 * 86_400_000)
    expect(await credentials.resolve([ask('s')], from(good))).toMatchObject({'secret:istio-system/s': {pair, warning: expect.stringContaining('expired')}})
  })
})

describe('files', () => {
  const directories: string[] = []
  afterEach(() => directories.splice(0).forEach((directory) => rmSync(directory, {recursive: true})))

  function place(files: Readonly<Record<string, string>>): (name: string) => string {
    const directory = mkdtempSync(path.join(tmpdir(), 'tshift-credentials-'))
    directories.push(directory)
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text)
    return (name) => path.join(directory, name)
  }

  async function read(files: Omit<FilesRequest, 'type' | 'key'>): Promise<unknown> {
    const key = filesKey(files)
    return (await new Credentials(manualClock(NOW)).resolve([{type: 'files', key, ...files}], from()))[key]
  }

  test('are read', async () => {
    const at = place({'c.pem': CERTIFICATE, 'k.pem': KEY, 'a.pem': CERTIFICATE})
    const credential = await read({certificate: at('c.pem'), privateKey: at('k.pem'), ca: at('a.pem')})
    expect(credential).toEqual({pair: {certificate: CERTIFICATE, privateKey: KEY}, ca: CERTIFICATE})
  })

  test('that cannot be read are named, and nothing of what is in them is shown', async () => {
    const at = place({large: 'x'.repeat(1024 * 1024 + 1), text: 'a secret'})
    execFileSync('mkfifo', [at('pipe')])
    expect(await read({ca: at('none')})).toEqual({problem: `file ${at('none')}: it does not exist`})
    expect(await read({ca: at('large')})).toEqual({problem: `file ${at('large')}: it is larger than 1048576 bytes`})
    expect(await read({ca: at('pipe')})).toEqual({problem: `file ${at('pipe')}: it is no regular file`})
    expect(await read({ca: '/dev/zero'})).toEqual({problem: 'file /dev/zero: it is no regular file'})
    expect(await read({ca: at('text')})).toEqual({problem: 'the CA certificate is no PEM certificate'})
  })
})
