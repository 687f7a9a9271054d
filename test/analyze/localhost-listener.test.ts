import {describe, expect, test} from 'vitest'
import {rules} from '../../src/analyze/rules.js'
import type {PodSocket} from '../../src/analyze/rule.js'
import {analyzeText, printFindings} from './findings-of.js'

const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: own, namespace: default, labels: {app: own}}
spec: {containers: [{name: own, image: own, ports: [{name: tcp, containerPort: 7000}]}]}
status: {podIP: 127.64.0.2}
---
apiVersion: v1
kind: Service
metadata: {name: own}
spec: {selector: {app: own}, ports: [{name: tcp, port: 80, targetPort: tcp}, {name: tcp-more, port: 7001}]}
---
apiVersion: v1
kind: Service
metadata: {name: by-hand}
spec: {ports: [{name: tcp, port: 7002}]}
`
const HIDDEN = (port: number) => `IST0143 Pod default/own f.yaml:1: Port ${port} is exposed in a Service but listens on localhost. It will not be exposed to other pods.`
const at = (...sockets: readonly (readonly [address: string, port: number])[]): readonly PodSocket[] => sockets.map(([address, port]) => ({address, port}))

describe('a port that a Service exposes', () => {
  test.each([
    ['on localhost alone is reported, by name as by number', at(['127.0.0.1', 7000], ['0:0:0:0:0:0:0:1', 7001]), [HIDDEN(7000), HIDDEN(7001)]],
    ["on the pod's own address is not, though that is a loopback address", at(['127.64.0.2', 7000], ['127.0.0.1', 7000]), []],
    ['on every address is not', at(['0.0.0.0', 7000], ['0:0:0:0:0:0:0:0', 7001]), []],
    ['that nothing listens on is not: what is not running is not wrong yet', at(['127.0.0.1', 9]), []],
    ['by no Service that selects the pod is nobody else\'s concern', at(['127.0.0.1', 7002]), []],
    ['of a pod nothing is known of is not', at(), []],
  ])('%s', (_, sockets, says) => {
    const rule = rules.filter(({name}) => name === 'pod.LocalhostListenerAnalyzer')
    expect(printFindings(analyzeText(MANIFEST, {rules: rule, listening: {own: sockets}}))).toEqual(says)
  })
})
