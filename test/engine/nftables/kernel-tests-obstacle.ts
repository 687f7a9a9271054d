import {spawnSync} from 'node:child_process'
import {nftablesUnavailable} from '../../../src/engine/nftables/available-nftables.js'

/** Why this machine cannot run the tests of rules in a kernel, undefined where it can. Looking changes nothing. */
export async function kernelTestsObstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `this is ${process.platform}`
  const {status, stderr} = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'], {encoding: 'utf8'})
  if (status !== 0) return `no network namespace: ${stderr?.trim() || 'unshare or ip is not there'}`
  return (await nftablesUnavailable())?.reason
}
