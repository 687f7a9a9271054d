import type {Secret} from '../../api/kinds/secret.js'
import {objectKey} from '../../api/object.js'
import {credentialRequests} from '../../routing/credential-requests.js'
import type {Credential} from '../../routing/snapshot.js'
import {checkCredential} from '../credential-check.js'
import {secretMaterial} from '../secret-material.js'
import type {World} from '../world.js'

/** What was found in a Secret, for as long as it stays as it is: checking a key costs a millisecond. */
const known = new WeakMap<Secret, Credential>()

/** The certificates that listeners of the Gateway API refer to, by key, with what is wrong with those that cannot be used. */
export function listenerCredentials(world: World, nowMs: number): Readonly<Record<string, Credential>> {
  const nothing = {gateways: [], virtualServices: [], destinationRules: [], services: [], endpointSlices: [], pods: []}
  const requests = credentialRequests({...nothing, k8sGateways: world.k8sGateways})
  if (requests.length === 0) return {}
  const secrets = new Map(world.secrets.map((secret) => [objectKey(secret), secret]))
  return Object.fromEntries(
    requests.flatMap((request) => {
      if (request.type !== 'secret') return []
      const secret = secrets.get(`${request.namespace}/${request.name}`)
      const credential = (secret && known.get(secret)) ?? read(() => checkCredential(secretMaterial(request, () => secret), nowMs))
      if (secret !== undefined) known.set(secret, credential)
      return [[request.key, credential] as const]
    }),
  )
}

function read(check: () => Credential): Credential {
  try {
    return check()
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)}
  }
}
