import type {Clock} from '../../base/clock.js'
import {steadyRecords} from '../../base/steady.js'
import {hostNamesOf} from '../../routing/host-names.js'
import type {Credential} from '../../routing/objects/credential.js'
import type {Snapshot} from '../../routing/snapshot.js'
import type {CredentialRequest} from '../../routing/tls/credential-request.js'
import {credentialRequests} from '../../routing/tls/credential-requests.js'
import type {World} from '../world.js'
import type {UnresolvedName} from '../control/running-facts.js'
import {credentialSources} from './credential-sources.js'
import {Credentials} from './credentials.js'
import {FileWatch} from './file-watch.js'
import {Resolver, type Lookup} from './resolver.js'

/** What routing has to know and the store does not: certificates from Secrets and files, addresses of host names. */
export type Facts = Required<Pick<Snapshot, 'credentials' | 'resolved' | 'lookupProblems'>>

export interface OutsideFactsOptions {
  /** Called when a file or an address changed: what was gathered is no longer true. */
  readonly changed: () => void
  readonly lookup?: Lookup
  readonly clock?: Clock
  /** How long names that were never looked up are waited for. */
  readonly patienceMs?: number
}

const PATIENCE_MS = 300

/** Gathers the facts that a world asks for and follows them until it is asked with another world. */
export class OutsideFacts {
  readonly #credentials: Credentials
  readonly #files: FileWatch
  readonly #resolver: Resolver
  readonly #patienceMs: number
  // what is compiled is remembered by these records
  readonly #steady = {credentials: steadyRecords<Credential>(), resolved: steadyRecords<readonly string[]>(), problems: steadyRecords<string>()}

  constructor({changed, lookup, clock, patienceMs = PATIENCE_MS}: OutsideFactsOptions) {
    this.#credentials = new Credentials(clock)
    this.#files = new FileWatch(changed)
    this.#resolver = new Resolver({changed, ...(lookup && {lookup}), ...(clock && {clock})})
    this.#patienceMs = patienceMs
  }

  /** The facts for a world. Never rejects: what cannot be had is said in them. Calls must not overlap. */
  async gather(world: World): Promise<Facts> {
    const requests = credentialRequests(world)
    this.#resolver.follow(hostNamesOf(world))
    await this.#files.watch(requests.flatMap(pathsOf)) // before they are read, so that no change falls in between
    const credentials = await this.#credentials.resolve(requests, credentialSources(world))
    await this.#resolver.answered(this.#patienceMs)
    const {resolved, problems} = this.#resolver
    return {credentials: this.#steady.credentials(credentials), resolved: this.#steady.resolved(resolved), lookupProblems: this.#steady.problems(problems)}
  }

  /** The keys of credentials that are bad or gone by now, and whose last good state stays in force. */
  get keptCredentials(): readonly string[] {
    return this.#credentials.kept
  }

  /** Host names whose last look-up failed. */
  get unresolved(): Readonly<Record<string, UnresolvedName>> {
    const {resolved, problems} = this.#resolver
    const named = ([name, reason]: readonly [string, string]): [string, UnresolvedName] => [name, {reason, ...(resolved[name] && {addresses: resolved[name]})}]
    return Object.fromEntries(Object.entries(problems).map(named))
  }

  close(): void {
    this.#files.close()
    this.#resolver.close()
  }
}

function pathsOf(request: CredentialRequest): readonly string[] {
  if (request.type !== 'files') return []
  const {certificate, privateKey, ca, crl} = request
  return [certificate, privateKey, ca, crl].flatMap((path) => path ?? [])
}

/** The facts for a world as they are now, for a command that looks once. */
export async function readOutsideFacts(world: World, options: Omit<OutsideFactsOptions, 'changed'> = {}): Promise<Facts> {
  const facts = new OutsideFacts({patienceMs: 2000, ...options, changed: () => undefined})
  try {
    return await facts.gather(world)
  } finally {
    facts.close()
  }
}
