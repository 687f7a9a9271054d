import {readFile} from 'node:fs/promises'
import {CONNTRACK} from './conntrack.js'
import type {KernelListener} from './kernel-plan.js'
import {makeLeaf} from './leaf.js'
import {rulesetOf} from './ruleset.js'
import {runTool} from './run-tool.js'
import {transactionOf} from './transaction.js'

/** Why there can be no nftables engine here; undefined where there can. Nothing is changed. */
export async function nftablesUnavailable(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`
  try {
    const script = transactionOf('tshift_check', undefined, rulesetOf(SAMPLE, {tag: 1, numberOf: () => 1, guardsLocalnet: true}))
    await runTool('nft', ['-c', '-f', '-'], {input: script})
    await runTool('ss', ['-V'])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return reason.includes('Operation not permitted') ? `it needs root or CAP_NET_ADMIN (${reason})` : reason
  }
  return readFile(CONNTRACK).then(
    () => undefined,
    (error: Error) => `the kernel does not say which connections are open: ${error.message}`,
  )
}

const PLACE = {listener: 'check', chain: '', group: '', cluster: ''}
const LEAF = makeLeaf({...PLACE, target: {type: 'endpoint', address: '127.0.0.1', port: 1}})
const DRAWN = [{leaf: LEAF, weight: 2}, {leaf: LEAF, weight: 1}]

/** Everything that a ruleset may have in it. */
const SAMPLE: readonly KernelListener[] = [
  {
    name: 'check',
    bindings: [{name: 'check', address: '127.0.0.1', port: 1}, {name: 'check', address: '0.0.0.0', port: 1}, {name: 'check', address: '::1', port: 1}],
    chains: [
      {sources: ['127.0.0.0/9'], destinations: [{weight: 1, isInTurn: true, leaves: DRAWN}, {weight: 99, isInTurn: false, leaves: DRAWN}]},
      {destinations: [{weight: 1, isInTurn: false, leaves: [{leaf: LEAF, weight: 1}]}]},
    ],
    stray: makeLeaf({...PLACE, target: {type: 'close', flag: 'NR'}}),
  },
]
