import {describe, expect, test} from 'vitest'
import {invalidObject} from '../../../src/api/field-error.js'
import type {KubeObject} from '../../../src/api/object.js'
import {typeFor} from '../../../src/api/registry.js'

type Written = Readonly<Record<string, unknown>>

/** What the API server would list: `field: message`, after the defaults. */
function errorsOf(written: Written, previous?: Written): readonly string[] {
  const object = written as unknown as KubeObject
  const type = typeFor(object)
  const before = previous === undefined ? undefined : type.defaults(previous as unknown as KubeObject)
  return type.validate(type.defaults(object), before).map(({field, message}) => `${field}: ${message}`)
}

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const LABEL_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const QUALIFIED =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const KEY =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
const RANGE = 'must be between 1 and 65535, inclusive'

const configMap = (metadata: object, rest: object = {}) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'c', namespace: 'n', ...metadata}, ...rest})
const secret = (rest: object) => ({apiVersion: 'v1', kind: 'Secret', metadata: {name: 's', namespace: 'n'}, ...rest})
const service = (spec: object, name = 's') => ({apiVersion: 'v1', kind: 'Service', metadata: {name, namespace: 'n'}, spec})
const ports = (...list: readonly object[]) => service({ports: list})
const namespace = (name: string) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
const labels = {a: 'b'}
const container = {name: 'x', image: 'y'}
const deployment = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name: 'd', namespace: 'n'},
  spec: {selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers: [container]}}, ...spec},
})
const pod = (spec: object) => ({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'n'}, spec: {containers: [container], ...spec}})
const withContainer = (fields: object) => pod({containers: [{...container, ...fields}]})

const workload = (kind: string, spec: object, podSpec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {name: 'd', namespace: 'n'},
  spec: {selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers: [container], ...podSpec}}, ...spec},
})
const stateful = (spec: object, podSpec?: object) => workload('StatefulSet', spec, podSpec)
const job = (spec: object, podSpec: object = {restartPolicy: 'Never'}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {name: 'j', namespace: 'n'},
  spec: {template: {metadata: {labels}, spec: {containers: [container], ...podSpec}}, ...spec},
})
const daemon = (spec: object) => workload('DaemonSet', spec)
const bounds = (maxSurge: number, maxUnavailable: number) => ({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge, maxUnavailable}}})
const claim = (spec: object) => ({apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name: 'c', namespace: 'n'}, spec})

const cases: Readonly<Record<string, readonly (readonly [string, Written, ...string[]])[]>> = {
  StatefulSets: [
    ['an order that there is not', stateful({podManagementPolicy: 'Any'}), `spec.podManagementPolicy: Invalid value: "Any": must be 'OrderedReady' or 'Parallel'`],
    ['a strategy that there is not', stateful({updateStrategy: {type: 'Recreate'}}), `spec.updateStrategy: Invalid value: {"type":"Recreate"}: must be 'RollingUpdate' or 'OnDelete'`],
    [
      'bounds for a strategy without',
      stateful({updateStrategy: {type: 'OnDelete', rollingUpdate: {partition: 1}}}),
      `spec.updateStrategy.rollingUpdate: Invalid value: {"partition":1}: only allowed for updateStrategy 'RollingUpdate'`,
    ],
    ['a partition below 0', stateful({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: -1}}}), 'spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0'],
    ['no room', stateful({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 0}}}), 'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0'],
    ['a policy for claims', stateful({persistentVolumeClaimRetentionPolicy: {whenScaled: 'Keep'}}), 'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Keep": supported values: "Delete", "Retain"'],
    ['numbers below 0', stateful({replicas: -1, ordinals: {start: -2}}), 'spec.replicas: Invalid value: -1: must be greater than or equal to 0', 'spec.ordinals.start: Invalid value: -2: must be greater than or equal to 0'],
    ['a name that is none of a Service', stateful({serviceName: 'a.b'}), `spec.serviceName: Invalid value: "a.b": ${LABEL}`],
    ['an empty selector', stateful({selector: {}}), 'spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
    ['a deadline', stateful({}, {activeDeadlineSeconds: 3}), 'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported'],
  ],
  DaemonSets: [
    ['a strategy that there is not', daemon({updateStrategy: {type: 'Recreate'}}), 'spec.updateStrategy.type: Unsupported value: "Recreate": supported values: "RollingUpdate", "OnDelete"'],
    ['room above and below', daemon(bounds(1, 1)), 'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero'],
    ['no room', daemon(bounds(0, 0)), 'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ['an empty selector', daemon({selector: {}}), 'spec.selector: Invalid value: {}: empty selector is invalid for daemonset'],
  ],
  Jobs: [
    ['pods that are always started again', job({}, {}), 'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ['numbers below 0', job({backoffLimit: -1, parallelism: -2}), 'spec.parallelism: Invalid value: -2: must be greater than or equal to 0', 'spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0'],
    ['indexes without a number', job({completionMode: 'Indexed', parallelism: 2}), 'spec.completions: Required value: when completion mode is Indexed'],
    ['a mode that there is not', job({completionMode: 'All'}), 'spec.completionMode: Unsupported value: "All": supported values: "Indexed", "NonIndexed"'],
    ['a selector', job({selector: {matchLabels: labels}}), 'spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` not auto-generated'],
  ],
  PersistentVolumeClaims: [['nothing', claim({}), 'spec.accessModes: Required value: at least 1 access mode is required', 'spec.resources[storage]: Required value']],
  metadata: [
    ['a name with capitals', configMap({name: 'Bad_Name'}), `metadata.name: Invalid value: "Bad_Name": ${SUBDOMAIN}`],
    ['no name', configMap({name: undefined}), 'metadata.name: Required value: name or generateName is required'],
    ['a long name', configMap({name: 'a'.repeat(254)}), `metadata.name: Invalid value: "${'a'.repeat(254)}": must be no more than 253 bytes`],
    ['a bad prefix for names', configMap({generateName: 'X-'}), `metadata.generateName: Invalid value: "X-": ${SUBDOMAIN}`],
    ['a bad namespace', configMap({namespace: 'a.b'}), `metadata.namespace: Invalid value: "a.b": ${LABEL}`],
    ['a bad label key', configMap({labels: {'-a': 'b'}}), `metadata.labels: Invalid value: "-a": name part ${QUALIFIED}`],
    ['an empty label key', configMap({labels: {'': 'b'}}), 'metadata.labels: Invalid value: "": name part must be non-empty', `metadata.labels: Invalid value: "": name part ${QUALIFIED}`],
    ['an empty prefix', configMap({labels: {'/a': 'b'}}), 'metadata.labels: Invalid value: "/a": prefix part must be non-empty'],
    ['a bad prefix', configMap({labels: {'A/a': 'b'}}), `metadata.labels: Invalid value: "A/a": prefix part ${SUBDOMAIN}`],
    ['a bad label value', configMap({labels: {a: 'b c'}}), `metadata.labels: Invalid value: "b c": ${VALUE}`],
    ['a bad annotation key', configMap({annotations: {'a/b/c': ''}}), `metadata.annotations: Invalid value: "a/b/c": a qualified name ${QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
    ['large annotations', configMap({annotations: {a: 'x'.repeat(262144)}}), 'metadata.annotations: Too long: may not be more than 262144 bytes'],
    ['a Namespace with a dot', namespace('a.b'), `metadata.name: Invalid value: "a.b": ${LABEL}`],
    ['a Namespace in a namespace', {...namespace('a'), metadata: {name: 'a', namespace: 'b'}}, 'metadata.namespace: Forbidden: not allowed on this type'],
    ['a Service with a leading digit', service({ports: [{port: 1}]}, '1a'), `metadata.name: Invalid value: "1a": ${LABEL_1035}`],
  ],
  'ConfigMaps and Secrets': [
    ['a bad key', configMap({}, {data: {'a b': ''}}), `data[a b]: Invalid value: "a b": ${KEY}`],
    ['dots as a key', configMap({}, {data: {'..': ''}}), `data[..]: Invalid value: "..": must not be '..'`],
    ['a key twice', configMap({}, {data: {a: ''}, binaryData: {a: ''}}), 'data[a]: Invalid value: "a": duplicate of key present in binaryData'],
    ['too much data', configMap({}, {data: {a: 'x'.repeat(1048577)}}), ': Too long: may not be more than 1048576 bytes'],
    ['a bad key in a Secret', secret({stringData: {'a/b': ''}}), `data[a/b]: Invalid value: "a/b": ${KEY}`],
    ['a TLS Secret without a key', secret({type: 'kubernetes.io/tls', data: {'tls.crt': 'eA=='}}), 'data[tls.key]: Required value'],
  ],
  Services: [
    ['no ports', service({}), 'spec.ports: Required value'],
    ['ports out of range', ports({name: 'a', port: 0}, {name: 'b', port: 65536, targetPort: 70000}), `spec.ports[0].port: Invalid value: 0: ${RANGE}`, `spec.ports[0].targetPort: Invalid value: 0: ${RANGE}`, `spec.ports[1].port: Invalid value: 65536: ${RANGE}`, `spec.ports[1].targetPort: Invalid value: 70000: ${RANGE}`],
    ['several ports without names', ports({port: 1}, {port: 2}), 'spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ['a name twice', ports({name: 'a', port: 1}, {name: 'a', port: 2}), 'spec.ports[1].name: Duplicate value: "a"'],
    ['a bad port name', ports({name: 'A', port: 1}), `spec.ports[0].name: Invalid value: "A": ${LABEL}`],
    ['a port twice', ports({name: 'a', port: 1}, {name: 'b', port: 1}), 'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":1,"TargetPort":0,"NodePort":0}'],
    ['an unknown protocol', ports({port: 1, protocol: 'ICMP'}), 'spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"'],
    ['a bad target name', ports({port: 1, targetPort: 'a--b_'}), 'spec.ports[0].targetPort: Invalid value: "a--b_": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)', 'spec.ports[0].targetPort: Invalid value: "a--b_": must not contain consecutive hyphens'],
    ['a long target name', ports({port: 1, targetPort: 'a'.repeat(16)}), `spec.ports[0].targetPort: Invalid value: "${'a'.repeat(16)}": must be no more than 15 bytes`],
    ['a target of digits', ports({port: 1, targetPort: '80'}), 'spec.ports[0].targetPort: Invalid value: "80": must contain at least one letter (a-z)'],
    ['an unknown type', service({type: 'X', ports: [{port: 1}]}), 'spec.type: Unsupported value: "X": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"'],
    ['an unknown affinity', service({sessionAffinity: 'X', ports: [{port: 1}]}), 'spec.sessionAffinity: Unsupported value: "X": supported values: "ClientIP", "None"'],
    ['a node port without need', ports({port: 1, nodePort: 30000}), "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ['a node port twice', service({type: 'NodePort', ports: [{name: 'a', port: 1, nodePort: 30000}, {name: 'b', port: 2, nodePort: 30000}]}), 'spec.ports[1].nodePort: Duplicate value: 30000'],
    ['an ExternalName without one', service({type: 'ExternalName'}), 'spec.externalName: Required value'],
    ['an ExternalName with a bad one', service({type: 'ExternalName', externalName: 'A_'}), `spec.externalName: Invalid value: "A_": ${SUBDOMAIN}`],
    ['an ExternalName with an address', service({type: 'ExternalName', externalName: 'a.b', clusterIP: '10.0.0.1'}), 'spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
    ['a headless LoadBalancer', service({type: 'LoadBalancer', clusterIP: 'None', ports: [{port: 10250}]}), 'spec.ports[0].port: Invalid value: 10250: may not expose port 10250 externally since it is used by kubelet', "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services"],
    ['a bad address', service({clusterIP: '1.2.3', ports: [{port: 1}]}), 'spec.clusterIPs[0]: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ['a policy without exposure', service({externalTrafficPolicy: 'Local', ports: [{port: 1}]}), 'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
    ['an unknown policy', service({internalTrafficPolicy: 'X', ports: [{port: 1}]}), 'spec.internalTrafficPolicy: Unsupported value: "X": supported values: "Cluster", "Local"'],
    ['a bad selector', service({selector: {a: '-'}, ports: [{port: 1}]}), `spec.selector: Invalid value: "-": ${VALUE}`],
  ],
  Deployments: [
    ['no selector', deployment({selector: undefined, template: {metadata: {labels}, spec: {containers: []}}}), 'spec.selector: Required value'],
    ['a selector for others', deployment({template: {metadata: {labels: {a: 'c'}}, spec: {containers: [container]}}}), 'spec.template.metadata.labels: Invalid value: {"a":"c"}: `selector` does not match template `labels`'],
    ['an empty selector', deployment({selector: {}}), 'spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ['an unknown operator', deployment({selector: {matchExpressions: [{key: 'a', operator: 'Is'}]}}), 'spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator', 'spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"Is"}]}: invalid label selector'],
    ['an expression without values', deployment({selector: {matchLabels: labels, matchExpressions: [{key: 'a', operator: 'In'}]}}), "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'", 'spec.selector: Invalid value: {"matchLabels":{"a":"b"},"matchExpressions":[{"key":"a","operator":"In"}]}: invalid label selector'],
    ['negative replicas', deployment({replicas: -1}), 'spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ['no containers', deployment({template: {metadata: {labels}}}), 'spec.template.spec.containers: Required value'],
    ['pods that end', deployment({template: {metadata: {labels}, spec: {containers: [container], restartPolicy: 'Never'}}}), 'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ['an unknown strategy', deployment({strategy: {type: 'X'}}), 'spec.strategy.type: Unsupported value: "X": supported values: "Recreate", "RollingUpdate"'],
    ['a recreation that rolls', deployment({strategy: {type: 'Recreate', rollingUpdate: {}}}), "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ['a short deadline', deployment({minReadySeconds: 9, progressDeadlineSeconds: 9}), 'spec.progressDeadlineSeconds: Invalid value: 9: must be greater than minReadySeconds'],
  ],
  Pods: [
    ['no containers', pod({containers: []}), 'spec.containers: Required value'],
    ['a container without name and image', pod({containers: [{}]}), 'spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
    ['a container name twice', pod({containers: [container, container]}), 'spec.containers[1].name: Duplicate value: "x"'],
    ['an init container of the same name', pod({initContainers: [container]}), 'spec.initContainers[0].name: Duplicate value: "x"'],
    ['a bad container name', withContainer({name: 'X'}), `spec.containers[0].name: Invalid value: "X": ${LABEL}`],
    ['an image with blanks', withContainer({image: ' y'}), 'spec.containers[0].image: Invalid value: " y": must not have leading or trailing whitespace'],
    ['an unknown pull policy', withContainer({imagePullPolicy: 'X'}), 'spec.containers[0].imagePullPolicy: Unsupported value: "X": supported values: "Always", "IfNotPresent", "Never"'],
    ['ports out of range', withContainer({ports: [{containerPort: 0}, {containerPort: 65536, hostPort: -1}]}), 'spec.containers[0].ports[0].containerPort: Required value', `spec.containers[0].ports[1].containerPort: Invalid value: 65536: ${RANGE}`, `spec.containers[0].ports[1].hostPort: Invalid value: -1: ${RANGE}`],
    ['a port name twice', withContainer({ports: [{name: 'a', containerPort: 1}, {name: 'a', containerPort: 2}]}), 'spec.containers[0].ports[1].name: Duplicate value: "a"'],
    ['an unknown protocol', withContainer({ports: [{containerPort: 1, protocol: 'X'}]}), 'spec.containers[0].ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"'],
    ['bad variables', withContainer({env: [{name: ''}, {name: 'a=b'}, {name: 'a', value: 'b', valueFrom: {}}]}), 'spec.containers[0].env[0].name: Required value', "spec.containers[0].env[1].name: Invalid value: \"a=b\": a valid environment variable name must consist only of printable ASCII characters other than '='", 'spec.containers[0].env[2].valueFrom: Invalid value: "": may not be specified when `value` is not empty'],
    ['unknown policies', pod({restartPolicy: 'X', dnsPolicy: 'Y'}), 'spec.restartPolicy: Unsupported value: "X": supported values: "Always", "OnFailure", "Never"', 'spec.dnsPolicy: Unsupported value: "Y": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"'],
  ],
  others: [
    ['a ReplicaSet with negative replicas', {...deployment({replicas: -1}), kind: 'ReplicaSet'}, 'spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ['an EndpointSlice without a type', {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: {name: 'e', namespace: 'n'}, endpoints: [{addresses: []}]}, 'addressType: Required value', 'endpoints[0].addresses: Required value: must contain at least 1 address'],
    ['Endpoints of nobody', {apiVersion: 'v1', kind: 'Endpoints', metadata: {name: 'e', namespace: 'n'}, subsets: [{ports: [{port: 0}]}]}, 'subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`', `subsets[0].ports[0].port: Invalid value: 0: ${RANGE}`],
    ['Endpoints without an address', {apiVersion: 'v1', kind: 'Endpoints', metadata: {name: 'e', namespace: 'n'}, subsets: [{addresses: [{ip: 'x'}]}]}, 'subsets[0].addresses[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ['an Event about another namespace', {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e', namespace: 'n'}, involvedObject: {namespace: 'm'}}, 'involvedObject.namespace: Invalid value: "m": does not match event.namespace'],
    ['half a TLS Secret', secret({type: 'kubernetes.io/tls', data: {'tls.crt': 'eA=='}}), 'data[tls.key]: Required value'],
    ['a basic Secret of nobody', secret({type: 'kubernetes.io/basic-auth'}), 'data[username]: Required value', 'data[password]: Required value'],
    ['a token of no account', secret({type: 'kubernetes.io/service-account-token'}), 'metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ['a DestinationRule with a text for a duration', {apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: {name: 'r', namespace: 'n'}, spec: {host: 'a', subsets: [{name: 'v1', trafficPolicy: {connectionPool: {tcp: {connectTimeout: 'soon'}}}}]}}, 'spec.subsets[0].trafficPolicy.connectionPool.tcp.connectTimeout: Invalid value: "soon": must be a valid duration greater than 1ms'],
  ],
}

describe.each(Object.entries(cases))('%s', (_group, rows) => {
  test.each(rows.map(([what, object, ...errors]) => [what, object, errors] as const))('%s is refused', (_what, object, errors) => {
    expect(errorsOf(object)).toEqual(errors)
  })
})

describe('updates', () => {
  const frozen = 'Forbidden: field is immutable when `immutable` is set'
  test.each<[string, Written, Written, ...string[]]>([
    ["a Deployment's selector", deployment({}), deployment({selector: {matchLabels: {app: 'other'}}, template: {metadata: {labels: {app: 'other'}}, spec: {containers: [container]}}}), 'spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable'],
    ["a Service's address", service({clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ports: [{port: 1}]}), service({clusterIP: '10.1.1.1', ports: [{port: 1}]}), 'spec.clusterIPs[0]: Invalid value: ["10.1.1.1"]: may not change once set'],
    ["a Job's number", job({completions: 1}), job({completions: 2}), 'spec.completions: Invalid value: 2: field is immutable'],
    [
      "a StatefulSet's Service",
      stateful({}),
      stateful({serviceName: 'other', replicas: 5}),
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ],
    ["a Secret's type", secret({}), secret({type: 'x'}), 'type: Invalid value: "x": field is immutable'],
    ['a frozen ConfigMap', configMap({}, {immutable: true, data: {a: 'b'}}), configMap({}, {data: {a: 'c'}}), `immutable: ${frozen}`, `data: ${frozen}`],
    ["a Pod's command", pod({}), withContainer({command: ['x']}), 'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'],
  ])('%s cannot change', (_what, before, after, ...errors) => {
    expect(errorsOf(after, before)).toEqual(errors)
  })

  test.each<[string, Written, Written]>([
    ["a Pod's image", pod({}), withContainer({image: 'z', imagePullPolicy: 'Always'})],
    ["a Pod's node", pod({}), pod({nodeName: 'tshift'})],
    ["a Service's address, when it had none", service({type: 'ExternalName', externalName: 'a.b'}), service({clusterIP: '10.0.0.1', ports: [{port: 1}]})],
    ["a Deployment's template", deployment({}), deployment({replicas: 5, template: {metadata: {labels: {...labels, c: 'd'}}, spec: {containers: [container]}}})],
  ])('%s can', (_what, before, after) => {
    expect(errorsOf(after, before)).toEqual([])
  })
})

test('several errors make one Invalid status', () => {
  const type = typeFor({apiVersion: 'apps/v1', kind: 'Deployment'})
  const object = type.defaults(deployment({replicas: -1, strategy: {type: 'X'}}) as KubeObject)
  expect(invalidObject(type, 'd', type.validate(object)).message).toBe(
    'Deployment.apps "d" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.strategy.type: Unsupported value: "X": supported values: "Recreate", "RollingUpdate"]',
  )
})
