import {expect, test} from 'vitest'
import {parseConntrack} from '../../../src/engine/nftables/conntrack.js'
import {markOf} from '../../../src/engine/nftables/mark.js'

const TAG = 0x5a3
const line = (state: string, mark: number, flags = '[ASSURED] ', counters = '') =>
  `ipv4     2 tcp      6 119 ${state} src=10.0.0.7 dst=192.168.1.5 sport=50704 dport=31400 ${counters}src=127.64.0.1 dst=10.0.0.7 sport=9000 dport=50704 ${counters}${flags}mark=${mark} zone=0 use=2\n`
const SIDES = {endpoint: {address: '127.64.0.1', port: 9000}, client: {address: '10.0.0.7', port: 50704}}

test.each([
  ['ESTABLISHED', true],
  ['FIN_WAIT', true],
  ['LAST_ACK', true],
  ['TIME_WAIT', false],
  ['CLOSE', false],
])('a connection in %s is told with both sides as the endpoint sees them', (state, isOpen) => {
  expect(parseConntrack(line(state, markOf(TAG, 3)), TAG)).toEqual([{leaf: 3, isOpen, ...SIDES}])
})

test('the kernel may count bytes, and a client may still wait for its answer', () => {
  const text = line('ESTABLISHED', markOf(TAG, 3) + 2 ** 19, '[ASSURED] ', 'packets=5 bytes=300 ')
  const waiting = line('SYN_SENT', markOf(TAG, 4), '').replace('src=127', '[UNREPLIED] src=127')
  expect(parseConntrack(text + waiting, TAG)).toEqual([{leaf: 3, isOpen: true, ...SIDES}, {leaf: 4, isOpen: true, ...SIDES}])
})

test('what is not ours, not TCP or not a line is passed over', () => {
  const udp = 'ipv4     2 udp      17 29 src=10.0.0.7 dst=10.0.0.1 sport=1 dport=53 src=10.0.0.1 dst=10.0.0.7 sport=53 dport=1 mark=1513095171 zone=0 use=2\n'
  expect(parseConntrack(line('ESTABLISHED', 0) + line('ESTABLISHED', markOf(TAG + 1, 3)) + udp + 'garbage\n', TAG)).toEqual([])
})
