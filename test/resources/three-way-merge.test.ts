import {describe, expect, test} from 'vitest'
import type {JsonObject} from '../../src/api/object.js'
import {mergeKeyOf} from '../../src/resources/merge-keys.js'
import {threeWayMerge} from '../../src/resources/three-way-merge.js'

const service = (path: readonly string[]) => mergeKeyOf('Service', path)
const noKeys = () => undefined

const cases: readonly {name: string; original: JsonObject; modified: JsonObject; current: JsonObject; merged: JsonObject}[] = [
  {name: 'a field that the file changed is set', original: {a: 1}, modified: {a: 2}, current: {a: 1}, merged: {a: 2}},
  {name: 'a field that the file dropped is removed', original: {a: 1, b: 1}, modified: {a: 1}, current: {a: 1, b: 1}, merged: {a: 1}},
  {name: 'a field that others added stays', original: {a: 1}, modified: {a: 1}, current: {a: 1, x: 9}, merged: {a: 1, x: 9}},
  {name: 'a field the file never had stays though the file is silent', original: {}, modified: {}, current: {x: 9}, merged: {x: 9}},
  {name: 'null in the file removes', original: {}, modified: {a: null}, current: {a: 1, b: 2}, merged: {b: 2}},
  {name: 'null in the file is no change where there is null', original: {}, modified: {a: null}, current: {a: null}, merged: {a: null}},
  {name: 'maps merge deeply', original: {m: {a: 1, b: 1}}, modified: {m: {a: 1}}, current: {m: {a: 1, b: 1, c: 1}}, merged: {m: {a: 1, c: 1}}},
  {name: 'lists without a merge key are replaced whole', original: {l: [1]}, modified: {l: [2]}, current: {l: [1, 3]}, merged: {l: [2]}},
]

describe('three-way merge', () => {
  test.each(cases)('$name', ({original, modified, current, merged}) => {
    expect(threeWayMerge(original, modified, current, noKeys)).toEqual(merged)
  })

  test('list items are told apart by their merge key and keep what the server filled in', () => {
    const port = (port: number, more: JsonObject = {}) => ({port, ...more})
    const merged = threeWayMerge(
      {spec: {ports: [port(9000, {name: 'tcp'}), port(9001, {name: 'old'})]}},
      {spec: {ports: [port(9000, {name: 'tcp'}), port(9002, {name: 'new'})]}},
      {spec: {ports: [port(9000, {name: 'tcp', protocol: 'TCP'}), port(9001, {name: 'old', protocol: 'TCP'}), port(7, {name: 'other'})]}},
      service,
    )
    expect(merged).toEqual({
      spec: {ports: [port(9000, {name: 'tcp', protocol: 'TCP'}), port(9002, {name: 'new'}), port(7, {name: 'other'})]},
    })
  })

  test('applying the same file again changes nothing', () => {
    const file = {spec: {ports: [{port: 9000}], selector: {app: 'a'}}}
    const live = {spec: {ports: [{port: 9000, protocol: 'TCP', targetPort: 9000}], selector: {app: 'a'}, type: 'ClusterIP'}, status: {}}
    expect(threeWayMerge(file, file, live, service)).toEqual(live)
  })
})
