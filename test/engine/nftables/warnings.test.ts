import {expect, test} from 'vitest'
import {roomWarning} from '../../../src/engine/nftables/conntrack-room.js'
import {droppingChains} from '../../../src/engine/nftables/firewall.js'
import {News} from '../../../src/engine/nftables/news.js'

const chain = (more: object) => ({chain: {family: 'inet', table: 'filter', name: 'input', handle: 1, type: 'filter', hook: 'input', prio: 0, policy: 'accept', ...more}})

test('a firewall that drops by default is told by its chain', () => {
  const chains = [{metainfo: {}}, chain({}), chain({policy: 'drop'}), chain({policy: 'drop', hook: 'forward'}), chain({policy: 'drop', family: 'arp'}), {chain: {family: 'ip', table: 't', name: 'own'}}]
  expect(droppingChains(JSON.stringify({nftables: chains}))).toEqual([{family: 'inet', table: 'filter', name: 'input'}])
  expect(droppingChains('{}')).toEqual([])
})

test('that the kernel can hardly track more connections is said before it drops them', () => {
  expect(roomWarning(899, 1000)).toBeUndefined()
  expect(roomWarning(900, 1000)).toBe(
    "warning: the kernel tracks nearly as many connections as it may (1000), and drops new ones when there is no room: raise it with 'sysctl net.netfilter.nf_conntrack_max=2000'",
  )
  expect(roomWarning(5, 0)).toBeUndefined() // no limit
  expect(roomWarning(Number.NaN, Number.NaN)).toBeUndefined()
})

test('what is the matter is said when it begins, and again when it comes back', () => {
  const lines: string[] = []
  const news = new News((line) => lines.push(line))
  for (const line of [undefined, 'full', 'full', undefined, 'full']) news.tell('room', line)
  news.tell('firewall', 'full')
  expect(lines).toEqual(['full', 'full', 'full'])
})
