import type {Secret} from '../../api/kinds/secret.js'
import {checkCredential} from '../../daemon/outside/credential-check.js'
import {secretMaterial} from '../../daemon/outside/secret-material.js'

/** Whether a Secret holds a certificate that is valid at `nowMs` and the private key that belongs to it (istio gateway/secret.go isValidSecret). */
export function isUsableSecret(secret: Secret, nowMs: number): boolean {
  const {name, namespace = 'default'} = secret.metadata
  try {
    const material = secretMaterial({type: 'secret', key: '', namespace, name, wantsPair: true, wantsCa: false}, () => secret)
    const {problem, warning} = checkCredential(material, nowMs)
    return problem === undefined && warning === undefined
  } catch {
    return false // it lacks the certificate or the key: that is the answer
  }
}
