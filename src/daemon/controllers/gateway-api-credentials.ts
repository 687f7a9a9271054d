import type {KubeObject} from '../../api/object.js'
import type {Credential} from '../../routing/objects/credential.js'
import {CA_SUFFIX, type CredentialRequest} from '../../routing/tls/credential-request.js'
import {credentialRequests} from '../../routing/tls/credential-requests.js'
import {checkCredential, type CredentialMaterial} from '../outside/credential-check.js'
import {credentialSources} from '../outside/credential-sources.js'
import type {CredentialSources} from '../outside/credentials.js'
import {configMapMaterial, secretMaterial} from '../outside/secret-material.js'
import type {World} from '../world.js'

/** What requests found in an object, by key, for as long as it stays as it is: checking a key costs a millisecond. */
const known = new WeakMap<KubeObject, Map<string, Credential>>()

const NONE: readonly never[] = []
const NO_CREDENTIALS: Readonly<Record<string, Credential>> = {}

/** The certificates that Gateways of the Gateway API refer to, by key, with what is wrong with those that cannot be used. */
export function listenerCredentials(world: World, nowMs: number): Readonly<Record<string, Credential>> {
  const requests = credentialRequests({gateways: NONE, destinationRules: NONE, k8sGateways: world.k8sGateways})
  if (requests.length === 0) return NO_CREDENTIALS
  const sources = credentialSources(world)
  return Object.fromEntries(requests.flatMap((request) => (request.type === 'files' ? [] : [[request.key, credentialOf(request, sources, nowMs)] as const])))
}

type ObjectRequest = Exclude<CredentialRequest, {readonly type: 'files'}>

function credentialOf(request: ObjectRequest, sources: CredentialSources, nowMs: number): Credential {
  const object = objectOf(request, sources)
  const found = (object && known.get(object)) ?? new Map<string, Credential>()
  if (object !== undefined) known.set(object, found)
  const credential = found.get(stateOf(request)) ?? read(() => checkCredential(materialOf(request, sources), nowMs))
  found.set(stateOf(request), credential)
  return credential
}

/** The object that decides: authorities may be in a Secret of their own. */
function objectOf(request: ObjectRequest, {secretOf, configMapOf}: CredentialSources): KubeObject | undefined {
  const {namespace, name} = request
  if (request.type === 'configmap') return configMapOf(namespace, name)
  return secretOf(namespace, name) ?? (name.endsWith(CA_SUFFIX) ? secretOf(namespace, name.slice(0, -CA_SUFFIX.length)) : undefined)
}

function materialOf(request: ObjectRequest, {secretOf, configMapOf}: CredentialSources): CredentialMaterial {
  return request.type === 'configmap' ? configMapMaterial(request, configMapOf) : secretMaterial(request, secretOf)
}

/** Whether a request wants the certificate, the authorities or both may change while its key does not. */
function stateOf(request: ObjectRequest): string {
  return JSON.stringify(request)
}

function read(check: () => Credential): Credential {
  try {
    return check()
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)}
  }
}
