import {expect, test} from 'vitest'
import type {Pod} from '../../../src/api/kinds/pod.js'
import {byExpendability} from '../../../src/daemon/controllers/pod-ranking.js'
import {aPod} from '../../help/builders.js'

const ready = (pod: Pod, since: string): Pod => ({...pod, status: {...pod.status, conditions: [{type: 'Ready', status: 'True', lastTransitionTime: since}]}})
const restarted = (pod: Pod, restartCount: number): Pod => ({...pod, status: {...pod.status, containerStatuses: [{name: 'c', ready: true, restartCount}]}})
const EARLY = '2026-11-21T10:00:00Z'
const LATE = '2026-11-21T11:00:00Z'

test.each<[string, Pod, Pod]>([
  ['without a node', {...aPod(), spec: {containers: []}}, aPod()],
  ['pending', {...aPod(), status: {phase: 'Pending'}}, {...aPod(), status: {phase: 'Running'}}],
  ['not ready', aPod({ready: false}), aPod()],
  ['cheap to delete', aPod({metadata: {annotations: {'controller.kubernetes.io/pod-deletion-cost': '-5'}}}), aPod()],
  ['ready for a shorter time', ready(aPod(), LATE), ready(aPod(), EARLY)],
  ['restarted more often', restarted(aPod(), 3), restarted(aPod(), 0)],
  ['younger', aPod({metadata: {creationTimestamp: LATE}}), aPod({metadata: {creationTimestamp: EARLY}})],
])('the pod that is %s goes first', (_, first, second) => {
  expect([byExpendability(first, second), byExpendability(second, first)]).toEqual([-1, 1])
})
