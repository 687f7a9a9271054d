import type {Socket} from 'node:net'
import {expect} from 'vitest'
import type {AccessRecord, Engine} from '../../src/engine/engine.js'
import {routingOf, type ChainShape} from '../engine/routing-of.js'
import {ending, freshAddress, until, type Backend} from '../engine/sockets.js'
import type {Bench} from './engine.js'

export const PORT = 31400
export const LISTENER = '0.0.0.0_31400'
/** What is said of a handshake that failed for this reason of BoringSSL's. */
export const ssl = (reason: string) => expect.stringMatching(new RegExp(`^TLS_error:\\|(\\d+:)?SSL_routines:OPENSSL_internal:${reason}.*:TLS_error_end$`)) as string

export interface Served {
  readonly address: string
  readonly engine: Engine
  readonly records: readonly AccessRecord[]
  /** What became of the only connection so far. */
  readonly outcome: () => Promise<unknown>
}

/** An engine with one listener of these chains, each to the servers it names. */
export async function serveTls(bench: Bench, chains: readonly ChainShape[], servers: Readonly<Record<string, Backend>>): Promise<Served> {
  const address = freshAddress()
  const records: AccessRecord[] = []
  const engine = await bench.engine({address, onAccess: (record) => records.push(record)})
  const clusters = Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, {endpoints: [server]}]))
  await engine.apply(routingOf([{port: PORT, to: {}, chains}], clusters))
  const outcome = async () => {
    await until(() => records.length > 0)
    const [{flags, cluster, serverName, downstreamFailure} = {} as Partial<AccessRecord>] = records
    return {flags, cluster, serverName, downstreamFailure}
  }
  return {address, engine, records, outcome}
}

/** Says its text, ends, and reads to the end. */
export async function talk(client: Socket, text = 'hello\n'): Promise<{text: string; error?: string}> {
  client.end(text)
  return ending(client)
}
