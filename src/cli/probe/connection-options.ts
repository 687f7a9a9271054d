import {readFile} from 'node:fs/promises'
import {UserError} from '../../base/user-error.js'
import type {ConnectionOptions} from '../../probe/connection-options.js'
import {loopbackSources, parseSourceNetwork} from '../../probe/source-addresses.js'
import {parseDuration} from '../duration.js'
import {payloadOf, type PayloadFlags} from './payload.js'

export interface ConnectionFlags extends PayloadFlags {
  readonly timeout: string
  readonly 'connect-timeout': string
  readonly 'read-first': boolean
  readonly sources?: number | undefined
  readonly 'source-ip'?: string | undefined
  readonly tls: boolean
  readonly sni?: string | undefined
  readonly cacert?: string | undefined
  readonly insecure: boolean
  readonly 'proxy-protocol'?: 'v1' | 'v2' | undefined
}

/** What the flags say of every connection. Throws a UserError with exit code 2. */
export async function connectionOptions(
  flags: ConnectionFlags,
  stdin: AsyncIterable<Buffer | string>,
): Promise<Omit<ConnectionOptions, 'host' | 'port' | 'signal' | 'now'>> {
  const isTls = flags.sni !== undefined || flags.cacert !== undefined || flags.insecure
  if (isTls && !flags.tls) throw new UserError('--sni, --cacert and --insecure go with --tls', {exitCode: 2})
  return {
    message: await payloadOf(flags, stdin),
    timeoutMs: parseDuration(flags.timeout, '--timeout'),
    connectTimeoutMs: parseDuration(flags['connect-timeout'], '--connect-timeout'),
    readFirst: flags['read-first'],
    sources: sourcesOf(flags),
    proxyHeader: flags['proxy-protocol'],
    tls: flags.tls ? {servername: flags.sni, rejectUnauthorized: !flags.insecure, ca: await caOf(flags.cacert)} : undefined,
  }
}

function sourcesOf({sources, 'source-ip': network}: ConnectionFlags): readonly string[] | undefined {
  if (sources !== undefined) return loopbackSources(sources)
  return network === undefined ? undefined : parseSourceNetwork(network)
}

async function caOf(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined
  return readFile(file).catch((error: unknown) => {
    throw new UserError(`cannot read ${file}: ${(error as Error).message}`, {exitCode: 2})
  })
}
