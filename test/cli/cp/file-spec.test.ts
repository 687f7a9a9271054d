import {expect, test} from 'vitest'
import {parseCopy} from '../../../src/cli/cp/file-spec.js'

const here = (path: string) => ({pod: '', namespace: undefined, path})

test.each([
  [['a', 'p:/b'], {from: here('a'), to: {pod: 'p', namespace: undefined, path: '/b'}}],
  [['ns/p:b:c', './a'], {from: {pod: 'p', namespace: 'ns', path: 'b:c'}, to: here('./a')}],
])('%j is a copy', (words, specs) => {
  expect(parseCopy(words)).toEqual(specs)
})

test.each([
  [[], 'source and destination are required'],
  [['a'], 'source and destination are required'],
  [['a', 'b', 'c'], 'source and destination are required'],
  [['a', 'b'], 'one of src or dest must be a remote file specification'],
  [['p:a', 'q:b'], 'one of src or dest must be a local file specification'],
  [['p:', 'b'], 'filepath can not be empty'],
  [[':a', 'b'], 'filespec must match the canonical format: [[namespace/]pod:]file/path'],
  [['a/b/c:x', 'b'], 'filespec must match the canonical format: [[namespace/]pod:]file/path'],
])('%j is refused in the words of kubectl', (words, message) => {
  expect(() => parseCopy(words)).toThrow(message)
})
