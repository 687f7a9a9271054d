import {expect, test} from 'vitest'
import {parseFieldSelector} from '../../src/api/field-selector.js'
import type {KubeObject} from '../../src/api/object.js'
import {findResource} from '../../src/api/registry.js'
import type {ResourceType} from '../../src/api/resource-type.js'
import {StatusError} from '../../src/api/status-error.js'

const typeOf = (name: string) => findResource(name) as ResourceType
const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'demo'}, spec: {nodeName: 'n', restartPolicy: 'Always'}, status: {phase: 'Running', podIP: '127.0.0.9'}} as KubeObject
const event = {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, involvedObject: {kind: 'Pod', name: 'a'}, type: 'Warning', source: {component: 'kubelet'}} as KubeObject

test.each<[object: KubeObject, selector: string, isSelected: boolean]>([
  [pod, 'status.phase=Running', true],
  [pod, 'status.phase==Running,metadata.name!=b', true],
  [pod, 'status.phase!=Running', false],
  [pod, 'metadata.namespace=demo,spec.nodeName=n', true],
  [pod, 'status.nominatedNodeName=', true],
  [pod, 'spec.hostNetwork=false', true],
  [pod, 'metadata.name=a\\,b', false],
  [pod, '', true],
  [event, 'involvedObject.kind=Pod,involvedObject.name=a,type=Warning', true],
  [event, 'source=kubelet', true],
  [event, 'reason=Killing', false],
])('%j by %s', (object, selector, isSelected) => {
  expect(parseFieldSelector(selector, typeOf(object.kind))(object)).toBe(isSelected)
})

test.each<[kind: string, selector: string, message: string]>([
  ['pods', 'x.y=z', 'field label not supported: x.y'],
  ['deployments', 'spec.replicas=1', '"spec.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"'],
  ['virtualservices', 'spec.hosts=x', 'field label not supported: spec.hosts'],
  ['pods', 'phase', "invalid selector: 'phase'; can't understand 'phase'"],
])('%s by %s is refused', (kind, selector, message) => {
  expect(() => parseFieldSelector(selector, typeOf(kind))).toThrow(new StatusError('BadRequest', message))
})
