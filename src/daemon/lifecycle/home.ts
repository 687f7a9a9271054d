import os from 'node:os'
import path from 'node:path'

/** Where everything tshift keeps lies: `$TSHIFT_HOME`, default `~/.tshift`. */
export interface Home {
  readonly directory: string
  readonly store: string
  /** The gateway process's pid file. */
  readonly pidFile: string
  /** The gateway process's control socket. */
  readonly socket: string
  /** How the gateway process was started, for its next start. */
  readonly arguments: string
  /** The name of the gateway's table in the kernel, for as long as there may be one. */
  readonly kernelTable: string
  /** The gateway process's own log. */
  readonly log: string
  /** Where containers' logs lie, a directory per pod. */
  readonly podLogs: string
  /** Where the volumes of PersistentVolumeClaims lie, a directory each. */
  readonly claims: string
}

/** The home that the environment names: `TSHIFT_HOME`, or `~/.tshift`. Creates nothing. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): Home {
  const directory = path.resolve(env['TSHIFT_HOME'] || path.join(os.homedir(), '.tshift'))
  const within = (...names: string[]) => path.join(directory, ...names)
  return {
    directory,
    store: within('store'),
    pidFile: within('gateway.pid'),
    socket: within('gateway.sock'),
    arguments: within('gateway.json'),
    kernelTable: within('gateway.nft'),
    log: within('gateway.log'),
    podLogs: within('pods'),
    claims: within('claims'),
  }
}
