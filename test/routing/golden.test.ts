import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {compileAll} from '../../src/routing/compile-all.js'
import {compile} from '../../src/routing/compile.js'
import type {Proxy} from '../../src/routing/proxy.js'
import type {Routing} from '../../src/routing/routing.js'
import type {Snapshot} from '../../src/routing/snapshot.js'
import {printRouting} from './print-routing.js'
import {INGRESS_PROXY, snapshotOf} from './snapshot-of.js'

/**
 * One file per case: a manifest whose first comment says what it shows, a line of dashes, the routing. UPDATE_GOLDEN=1 rewrites; read the diff.
 * In `routing` they are compiled for the ingress gateway, in `mesh` as a whole.
 */
const RULE = '\n----------\n'

describe.each<[string, (snapshot: Snapshot, ingress: Proxy) => Routing]>([
  ['routing', compile],
  ['mesh', compileAll],
])('compiling %s', (folder, act) => {
  const directory = path.resolve(import.meta.dirname, `../golden/${folder}`)
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.txt'))) {
    const file = path.join(directory, name)
    const [manifest = '', expected] = readFileSync(file, 'utf8').split(RULE)
    test(`${name}: ${manifest.split('\n')[0]?.replace(/^# /, '')}`, () => {
      const printed = printRouting(act(snapshotOf(manifest), INGRESS_PROXY))
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${manifest.trimEnd()}${RULE}${printed}`)
      else expect(printed).toBe(expected)
    })
  }
})
