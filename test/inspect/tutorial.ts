import {readFileSync} from 'node:fs'
import path from 'node:path'
import {compileAll} from '../../src/routing/compile-all.js'
import type {Routing} from '../../src/routing/routing.js'
import type {Snapshot} from '../../src/routing/snapshot.js'
import {INGRESS_PROXY, snapshotOf} from '../routing/snapshot-of.js'

const examples = path.resolve(import.meta.dirname, '../../examples/tcp-echo')
const read = (name: string) => readFileSync(path.join(examples, name), 'utf8')

export const SERVICES = read('tcp-echo-services.yaml')
export const ALL_V1 = read('tcp-echo-all-v1.yaml')
/** Gateway and DestinationRule of the tutorial, without its first route. */
export const GATEWAY_AND_RULE = ALL_V1.split('---\n')
  .filter((text) => !text.includes('VirtualService'))
  .join('---\n')
export const SPLIT = read('tcp-echo-20-v2.yaml')

export interface Compiled {
  readonly snapshot: Snapshot
  readonly routing: Routing
}

export function compiled(...manifests: readonly string[]): Compiled {
  const snapshot = snapshotOf(manifests.join('\n---\n'))
  return {snapshot, routing: compileAll(snapshot, INGRESS_PROXY)}
}

/** The tutorial after its last step: 80 % to v1 and 20 % to v2. */
export function tutorial(): Compiled {
  return compiled(SERVICES, GATEWAY_AND_RULE, SPLIT)
}
