import {describe, expect, test} from 'vitest'
import {addressIn} from '../../../src/api/cidr.js'
import {seededRandom} from '../../../src/base/random.js'
import {blocksAround} from '../../../src/routing/sidecars/source-blocks.js'

describe('blocks around addresses', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['nothing', [], ['10.0.0.1'], []],
    ['one address', ['10.0.0.1'], [], ['10.0.0.1']],
    ['neighbours', ['10.0.0.1', '10.0.0.2', '10.0.0.3'], [], ['10.0.0.0/30']],
    ['a hole', ['10.0.0.0', '10.0.0.1', '10.0.0.3'], ['10.0.0.2'], ['10.0.0.0/31', '10.0.0.3']],
    ['networks far apart, which are never one', ['10.0.0.1', '11.0.0.1', '127.65.0.1'], [], ['10.0.0.1', '11.0.0.1', '127.65.0.1']],
    ['the highest addresses', ['255.255.255.254', '255.255.255.255'], [], ['255.255.255.254/31']],
    ['IPv6, each for itself', ['fd00::1', 'fd00::2'], ['fd00::3'], ['fd00::1', 'fd00::2']],
    ['an address that others have, too', ['10.0.0.1'], ['10.0.0.1'], []],
  ])('of %s', (_, wanted, others, expected) => {
    expect(blocksAround(wanted, others)).toEqual(expected)
  })

  test('hold all that are wanted and none of the others', () => {
    const random = seededRandom(7)
    const addresses = Array.from({length: 400}, (_, i) => `10.7.${i >> 8}.${i & 255}`)
    const isWanted = addresses.map(() => random() < 0.8)
    const [wanted, others] = [addresses.filter((_, i) => isWanted[i]), addresses.filter((_, i) => isWanted[i] === false)]
    const blocks = blocksAround(wanted, others)
    expect(addresses.map((address) => blocks.some((block) => addressIn(address, block)))).toEqual(isWanted)
    expect(blocks.length).toBeLessThan(wanted.length / 2)
  })
})
