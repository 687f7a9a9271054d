import {expect, test} from 'vitest'
import {addressIn} from '../../src/api/cidr.js'

test.each([
  ['10.1.2.3', '10.1.0.0/16', true],
  ['10.2.2.3', '10.1.0.0/16', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.130', '10.1.2.128/25', true],
  ['10.1.2.127', '10.1.2.128/25', false],
  ['8.8.8.8', '0.0.0.0/0', true],
  ['::ffff:10.1.2.3', '10.1.0.0/16', true],
  ['fd00::1', 'fd00::/8', true],
  ['fe80::1', 'fd00::/8', false],
  ['::1', '::1/128', true],
  ['1:2:3:4:5:6:7:8', '1:2:3:4::/64', true],
  ['::1', '0.0.0.0/0', false],
  ['10.1.2.3', 'ten/8', false],
  ['', '0.0.0.0/0', false],
])('%s in %s: %s', (address, block, isIn) => {
  expect(addressIn(address, block)).toBe(isIn)
})
