import {systemClock, type Clock} from '../../base/clock.js'
import type {Credential} from '../../routing/objects/credential.js'
import type {Snapshot} from '../../routing/snapshot.js'
import type {CredentialRequest} from '../../routing/tls/credential-request.js'
import {checkCredential, type CredentialMaterial} from './credential-check.js'
import {fileMaterial} from './file-material.js'
import {configMapMaterial, secretMaterial, type ConfigMapOf, type SecretOf} from './secret-material.js'

type CredentialsByKey = NonNullable<Snapshot['credentials']>

/** Certificates expire without anything changing. */
const RECHECK_MS = 3_600_000

/** Where the objects are that requests name. */
export interface CredentialSources {
  readonly secretOf: SecretOf
  readonly configMapOf: ConfigMapOf
}

interface Checked {
  /** What the check depended on. */
  readonly state: string
  readonly credential: Credential
}

/**
 * Resolves what routing asks for. A credential that was good and is replaced by a bad one, or goes away, stays in force with a `warning` for as
 * long as something asks for it, as Envoy keeps what SDS gave it last.
 */
export class Credentials {
  readonly #clock: Clock
  #good: ReadonlyMap<string, Credential> = new Map()
  /** Checking costs a millisecond, and most changes of the world are about something else. */
  #checked: ReadonlyMap<string, Checked> = new Map()

  #kept: ReadonlySet<string> = new Set()

  constructor(clock = systemClock) {
    this.#clock = clock
  }

  /** The keys of those that are bad or gone by now, and whose last good state stays in force. */
  get kept(): readonly string[] {
    return [...this.#kept]
  }

  /** By key; what cannot be had has a `problem`. Reads files anew each time. Calls must not overlap. */
  async resolve(requests: readonly CredentialRequest[], sources: CredentialSources): Promise<CredentialsByKey> {
    const checked = await Promise.all(requests.map(async (request) => [request.key, await this.#read(request, sources)] as const))
    this.#checked = new Map(checked)
    const kept = checked.map(([key, {credential}]) => [key, this.#keepGood(key, credential)] as const)
    this.#kept = new Set(checked.flatMap(([key, {credential}]) => (credential.problem !== undefined && this.#good.has(key) ? [key] : [])))
    this.#good = new Map(kept.filter(([, {problem}]) => problem === undefined).map(([key, {warning: _, ...good}]) => [key, good]))
    return Object.fromEntries(kept)
  }

  async #read(request: CredentialRequest, sources: CredentialSources): Promise<Checked> {
    try {
      const material = await materialOf(request, sources)
      const nowMs = this.#clock.now()
      const state = JSON.stringify([material, Math.floor(nowMs / RECHECK_MS)])
      const known = this.#checked.get(request.key)
      return known?.state === state ? known : {state, credential: checkCredential(material, nowMs)}
    } catch (error) {
      return {state: '', credential: {problem: error instanceof Error ? error.message : String(error)}}
    }
  }

  #keepGood(key: string, credential: Credential): Credential {
    const good = this.#good.get(key)
    if (credential.problem === undefined || good === undefined) return credential
    return {...good, warning: `the last good one stays in force: ${credential.problem}`}
  }
}

async function materialOf(request: CredentialRequest, {secretOf, configMapOf}: CredentialSources): Promise<CredentialMaterial> {
  switch (request.type) {
    case 'files':
      return fileMaterial(request)
    case 'configmap':
      return configMapMaterial(request, configMapOf)
    case 'secret':
      return secretMaterial(request, secretOf)
  }
}
