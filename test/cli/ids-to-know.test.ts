import {expect, it} from 'vitest'
import {idsToKnow} from '../../src/cli/main.js'

const IDS = ['get', 'run', 'create', 'create:deployment', 'proxy-config', 'proxy-config:listeners', '__complete']

it.each([
  ['get pods', ['get']],
  ['create deployment web', ['create:deployment']],
  ['proxy-config listeners web', ['proxy-config:listeners']],
  ['create -f web.yaml', ['create']],
])('%s needs one command', (line, known) => {
  expect(idsToKnow(IDS, line.split(' '))).toEqual(known)
})

it.each(['', 'gte pods', 'get --help', 'get -h', 'create', 'create deploy web', 'proxy-config l web', 'run web --rm', '__complete get'])('%s may concern all commands', (line) => {
  expect(idsToKnow(IDS, line === '' ? [] : line.split(' '))).toEqual(IDS)
})
