import {readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs'
import type {Home} from '../lifecycle/home.js'

/** What a table of ours is called, and where it was switched on that clients of other machines may be led to 127/8: nothing else is handed to nft. */
const OURS = /^(tshift_[0-9a-f]+)(?: route_localnet in (net:\[\d+\]))?$/

/**
 * Remembers that the kernel has rules of this gateway, so that whoever finds it killed can take them away. With `switchesLocalnet` also that the gateway has
 * switched `route_localnet` on: that must be undone even where somebody has flushed the table.
 */
export function rememberTable({kernelTable}: Home, table: string, {switchesLocalnet = false} = {}): void {
  writeFileSync(kernelTable, `${table}${switchesLocalnet ? ` route_localnet in ${networkNamespace()}` : ''}\n`, {mode: 0o600})
}

/** The switch is one of each network namespace, and the gateway's may be another than that of whoever finds it killed. */
function networkNamespace(): string {
  return readlinkSync('/proc/self/ns/net')
}

/** Removes the note of this home's table: there is none in the kernel any more. */
export function forgetTable({kernelTable}: Home): void {
  rmSync(kernelTable, {force: true})
}

/**
 * Takes away the rules that a killed gateway of this home left in the kernel. Cheap where there are none. Returns what could not be done, in words: it takes
 * the rights that the gateway had.
 */
export async function removeLeftTable(home: Home): Promise<string | undefined> {
  const left = readTable(home)
  if (left === undefined) return undefined
  const {table, hasSwitchedLocalnet} = left
  try {
    const {removeTable} = await import('../../engine/nftables/table.js')
    await removeTable(table, {hasSwitchedLocalnet})
    forgetTable(home)
    return undefined
  } catch (error) {
    const remedy = `${hasSwitchedLocalnet ? 'sysctl net.ipv4.conf.all.route_localnet=0; ' : ''}nft delete table inet ${table}`
    return `the rules of the gateway that was killed are still in the kernel ('${remedy}' as root removes them): ${error instanceof Error ? error.message : String(error)}`
  }
}

function readTable({kernelTable}: Home): {readonly table: string; readonly hasSwitchedLocalnet: boolean} | undefined {
  try {
    const [, table, namespace] = OURS.exec(readFileSync(kernelTable, 'utf8').trim()) ?? []
    return table === undefined ? undefined : {table, hasSwitchedLocalnet: namespace !== undefined && namespace === networkNamespace()}
  } catch {
    return undefined // none was made
  }
}
