import {describe} from 'vitest'
import type {Bench} from './engine.js'
import {tlsCertificatesContract} from './engine-tls-certificates.js'
import {tlsNamesContract} from './engine-tls-names.js'
import {tlsTerminationContract} from './engine-tls-termination.js'

/** TLS at the gateway's own port. */
export function tlsContract(bench: Bench): void {
  describe('server names', () => tlsNamesContract(bench))
  describe('termination', () => tlsTerminationContract(bench))
  describe('new certificates', () => tlsCertificatesContract(bench))
}
