import type {IPty} from '@lydell/node-pty'
import {UserError} from '../../base/user-error.js'

/** A program on a pseudo-terminal of its own. */
export interface PtyProgram {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly columns: number
  readonly rows: number
}

/**
 * Starts a program on a pseudo-terminal whose output comes as bytes. Throws a UserError where the native part of node-pty is missing, which is loaded
 * only here.
 */
export async function spawnOnPty({file, args, env, columns, rows}: PtyProgram): Promise<IPty> {
  const {spawn} = await load()
  return spawn(file, [...args], {name: env['TERM'] ?? 'xterm', cols: columns, rows, env: {...env}, encoding: null})
}

async function load(): Promise<typeof import('@lydell/node-pty')> {
  try {
    return await import('@lydell/node-pty')
  } catch (cause) {
    throw new UserError('there is no pseudo-terminal to be had: the package @lydell/node-pty is not installed for this machine', {
      hint: `install it beside tshift with 'npm install @lydell/node-pty' (without --omit=optional), or leave out -t`,
      cause,
    })
  }
}
