import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import type {Home} from '../lifecycle/home.js'

/** What a table of ours is called: whatever else stands in the file is not handed to nft. */
const OURS = /^tshift_[0-9a-f]+$/

/** Remembers that the kernel has rules of this gateway, so that whoever finds it killed can take them away. */
export function rememberTable({kernelTable}: Home, table: string): void {
  writeFileSync(kernelTable, `${table}\n`, {mode: 0o600})
}

export function forgetTable({kernelTable}: Home): void {
  rmSync(kernelTable, {force: true})
}

/**
 * Takes away the rules that a killed gateway of this home left in the kernel. Cheap where there are none. Returns what could not be done, in words: it takes
 * the rights that the gateway had.
 */
export async function removeLeftTable(home: Home): Promise<string | undefined> {
  const table = readTable(home)
  if (table === undefined) return undefined
  try {
    const {removeTable} = await import('../../engine/nftables/table.js')
    await removeTable(table)
    forgetTable(home)
    return undefined
  } catch (error) {
    return `the rules of the gateway that was killed are still in the kernel ('nft delete table inet ${table}' removes them): ${error instanceof Error ? error.message : String(error)}`
  }
}

function readTable({kernelTable}: Home): string | undefined {
  try {
    const table = readFileSync(kernelTable, 'utf8').trim()
    return OURS.test(table) ? table : undefined
  } catch {
    return undefined // none was made
  }
}
