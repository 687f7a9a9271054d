import {UserError} from '../base/user-error.js'
import type {DataPlaneChoice} from './choose-engine.js'
import {loadLibc} from './epoll/libc.js'

/** What a choice comes to on this machine. Throws a UserError where an engine is asked for that is not to be had here. */
export async function availableEngine(choice: DataPlaneChoice): Promise<'node' | 'epoll' | 'nftables'> {
  if (choice === 'node') return 'node'
  if (choice === 'nftables') return nftables()
  const obstacle = await epollObstacle()
  if (obstacle === undefined) return 'epoll'
  if (choice === 'auto') return 'node'
  throw new UserError(`there is no epoll engine here: ${obstacle}`, {hint: "use '--engine node', which works everywhere"})
}

async function nftables(): Promise<'nftables'> {
  const {nftablesUnavailable} = await import('./nftables/available-nftables.js')
  const obstacle = await nftablesUnavailable()
  if (obstacle === undefined) return 'nftables'
  throw new UserError(`there is no nftables engine here: ${obstacle.reason}`, {hint: obstacle.hint})
}

async function epollObstacle(): Promise<string | undefined> {
  const {platform, arch} = process
  if (platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64')) return `it needs Linux on x64 or arm64, this is ${platform} on ${arch}`
  try {
    await loadLibc()
    return undefined
  } catch (error) {
    return `libc cannot be called: ${error instanceof Error ? error.message : String(error)}`
  }
}
