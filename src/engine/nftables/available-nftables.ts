import {access, constants} from 'node:fs/promises'
import {CONNTRACK} from './conntrack.js'
import type {KernelListener} from './kernel-plan.js'
import {makeLeaf} from './leaf.js'
import {rulesetOf} from './ruleset.js'
import {runTool} from './run-tool.js'
import {transactionOf} from './transaction.js'

export interface Unavailable {
  readonly reason: string
  /** How to mend it. */
  readonly hint: string
}

const OTHERWISE = "or use '--engine auto', which needs nothing"
/** Its control socket is the user's who started it. */
const AS_ROOT = `start it as root, and use tshift as root as long as it runs ('sudo -s'), ${OTHERWISE}`

/** Why there can be no nftables engine here; undefined where there can. Nothing is changed. */
export async function nftablesUnavailable(): Promise<Unavailable | undefined> {
  if (process.platform !== 'linux') return {reason: `it needs Linux, this is ${process.platform}`, hint: "use '--engine auto', which works everywhere"}
  return (await missingTool()) ?? unreadableList()
}

async function missingTool(): Promise<Unavailable | undefined> {
  const script = transactionOf('tshift_check', undefined, rulesetOf(SAMPLE, {tag: 1, numberOf: () => 1, guardsLocalnet: true}))
  try {
    await runTool('nft', ['-c', '-f', '-'], {input: script})
    await runTool('ss', ['-V'])
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('Operation not permitted')) return {reason: `it needs root or CAP_NET_ADMIN (${reason})`, hint: AS_ROOT}
    if (reason.endsWith('is not installed')) return {reason, hint: `install the packages nftables and iproute2, ${OTHERWISE}`}
    return {reason, hint: `see that nft and the kernel are new enough for its rules, ${OTHERWISE}`}
  }
}

async function unreadableList(): Promise<Unavailable | undefined> {
  try {
    await access(CONNTRACK, constants.R_OK)
    return undefined
  } catch (error) {
    const reason = `the kernel does not say which connections are open (${error instanceof Error ? error.message : String(error)})`
    const isForbidden = (error as NodeJS.ErrnoException).code === 'EACCES'
    return {
      reason,
      hint: isForbidden ? AS_ROOT : `'modprobe nf_conntrack' may mend it, unless the kernel was built without CONFIG_NF_CONNTRACK_PROCFS, ${OTHERWISE}`,
    }
  }
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
