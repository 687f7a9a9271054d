import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {compile} from '../../src/routing/compile.js'
import {printRouting} from './print-routing.js'
import {INGRESS_PROXY, snapshotOf} from './snapshot-of.js'

/** One file per case: a manifest whose first comment says what it shows, a line of dashes, the routing. UPDATE_GOLDEN=1 rewrites; read the diff. */
const directory = path.resolve(import.meta.dirname, '../golden/routing')
const RULE = '\n----------\n'

describe('compiling', () => {
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.txt'))) {
    const file = path.join(directory, name)
    const [manifest = '', expected] = readFileSync(file, 'utf8').split(RULE)
    test(`${name}: ${manifest.split('\n')[0]?.replace(/^# /, '')}`, () => {
      const printed = printRouting(compile(snapshotOf(manifest), INGRESS_PROXY))
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${manifest.trimEnd()}${RULE}${printed}`)
      else expect(printed).toBe(expected)
    })
  }
})
