import {isRecord} from './json-record.js'
import {runTool} from './run-tool.js'

/**
 * What a firewall of this machine may do to clients from outside, undefined where none does: packets reach its input chains when their address is translated
 * already, so that a rule which lets a listener's port in lets nobody in.
 */
export async function firewallWarning(): Promise<string | undefined> {
  const found = droppingChains(await runTool('nft', ['-j', 'list', 'chains']))
  if (found.length === 0) return undefined
  const names = found.map(({family, table, name}) => `${family} ${table} ${name}`)
  return `warning: a firewall (chain ${names.join(', ')}) drops what it does not accept, and sees clients from outside at the endpoints' ports, not the listeners': if they get no answer, 'nft insert rule ${names[0]} ct status dnat accept' lets them in`
}

interface DroppingChain {
  readonly family: string
  readonly table: string
  readonly name: string
}

/** Of what `nft -j list chains` prints: those that packets for this machine pass and that drop by default. */
export function droppingChains(json: string): readonly DroppingChain[] {
  const {nftables} = JSON.parse(json) as {readonly nftables?: unknown}
  if (!Array.isArray(nftables)) return []
  return nftables.flatMap((item: unknown) => {
    const chain = isRecord(item) ? item['chain'] : undefined
    if (!isRecord(chain) || chain['hook'] !== 'input' || chain['policy'] !== 'drop') return []
    const [family, table, name] = [chain['family'], chain['table'], chain['name']].map(String) as [string, string, string]
    return family === 'ip' || family === 'ip6' || family === 'inet' ? [{family, table, name}] : []
  })
}
