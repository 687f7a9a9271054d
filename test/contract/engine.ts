import {afterEach, describe} from 'vitest'
import type {Engine, EngineOptions} from '../../src/engine/engine.js'
import type {Backend} from '../engine/sockets.js'
import {failureContract} from './engine-failures.js'
import {forwardingContract} from './engine-forwarding.js'
import {proxyProtocolContract} from './engine-proxy-protocol.js'
import {switchingContract} from './engine-switching.js'
import {tlsContract} from './engine-tls.js'
import {upstreamContract, upstreamTlsContract} from './engine-upstream.js'

export interface EngineUnderTest {
  readonly make: (options: EngineOptions) => Promise<Engine>
  /** Descriptors that the engine's processes have open. */
  readonly descriptors: () => number
  /** It tells nobody of single connections: `onAccess` is not called for what it serves itself. */
  readonly isSilent?: boolean
  /** Whose tests have the contract's part on TLS, where the engine leaves that to another. */
  readonly tlsIsElsewhere?: string
}

/** What a part of the contract builds engines and backends with; all of them are closed after each test. */
export interface Bench extends Pick<EngineUnderTest, 'descriptors'> {
  /** Finished connections are recorded. */
  readonly recordsAccess: boolean
  engine(options: Partial<EngineOptions> & {readonly address: string}): Promise<Engine>
  keep<T extends Pick<Backend, 'close'> | {close(): Promise<void>}>(made: Promise<T>): Promise<T>
}

/** The contract of `Engine`, over real sockets. */
export function engineContract({make, descriptors, isSilent = false, tlsIsElsewhere}: EngineUnderTest): void {
  const opened: {close(): unknown}[] = []
  const bench: Bench = {
    descriptors,
    recordsAccess: !isSilent,
    engine: async (options) => bench.keep(make({onChange: 'drain', drainMs: 45_000, ...options})),
    keep: async (made) => {
      opened.push(await made)
      return made
    },
  }
  afterEach(async () => {
    for (const made of opened.splice(0).reverse()) await made.close()
  })

  describe('forwarding', () => forwardingContract(bench))
  describe('what goes wrong', () => failureContract(bench))
  describe('a new routing', () => switchingContract(bench))
  describe('PROXY protocol', () => proxyProtocolContract(bench))
  describe('what endpoints ask for', () => upstreamContract(bench))
  if (tlsIsElsewhere !== undefined) return
  describe('TLS', () => {
    tlsContract(bench)
    describe('towards endpoints', () => upstreamTlsContract(bench))
  })
}
