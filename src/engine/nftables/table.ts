import {createHash} from 'node:crypto'
import {switchRouteLocalnet} from './route-localnet.js'
import {runTool, ToolError} from './run-tool.js'

/** The name of a gateway's own table, the same at each of its starts. `owner` tells gateways of one machine apart: the directory each keeps its things in. */
export function tableName(owner: string): string {
  return `tshift_${createHash('sha256').update(owner).digest('hex').slice(0, 12)}`
}

/** Runs an nft script whole or, where a line of it is refused, not at all. */
export async function runScript(script: string): Promise<void> {
  await runTool('nft', ['-f', '-'], {input: script})
}

/** Cheap, however much is in the table: nft reads no more of it. */
export function hasTable(table: string): Promise<boolean> {
  return isListed(['set', 'inet', table, 'refused'])
}

/**
 * Takes a table away with all that came with it, also one that a killed gateway left; says whether there was one. New connections then find no rule. Where
 * the gateway had switched `route_localnet` on — it is known to have, or the table's guard says so — it is switched off first.
 */
export async function removeTable(table: string, {hasSwitchedLocalnet = false} = {}): Promise<boolean> {
  const isThere = await hasTable(table)
  if (hasSwitchedLocalnet || (isThere && (await isListed(['chain', 'inet', table, 'guard'])))) switchRouteLocalnet('off')
  if (isThere) await runScript(`delete table inet ${table}\n`)
  return isThere
}

async function isListed(what: readonly string[]): Promise<boolean> {
  try {
    await runTool('nft', ['list', ...what])
    return true
  } catch (error) {
    if (error instanceof ToolError && error.said.includes('No such file or directory')) return false
    throw error
  }
}
