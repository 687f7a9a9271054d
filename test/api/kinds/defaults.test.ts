import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/api/object.js'
import {typeFor} from '../../../src/api/registry.js'

const withDefaults = (object: object) => typeFor(object as KubeObject).defaults(object as KubeObject)

const template = {metadata: {labels: {app: 'a', version: 'v1'}}, spec: {containers: [{name: 'echo', image: 'docker.io/istio/tcp-echo-server:1.3', ports: [{containerPort: 9000}]}]}}
const defaultedTemplate = {
  metadata: {labels: {app: 'a', version: 'v1'}},
  spec: {
    containers: [
      {
        name: 'echo',
        image: 'docker.io/istio/tcp-echo-server:1.3',
        imagePullPolicy: 'IfNotPresent',
        ports: [{containerPort: 9000, protocol: 'TCP'}],
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      },
    ],
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  },
}
const deployment = (apiVersion: string, spec: object) => ({apiVersion, kind: 'Deployment', metadata: {name: 'd', namespace: 'n'}, spec})
const selector = {matchLabels: {app: 'a', version: 'v1'}}
const rolling = (surge: number | string) => ({type: 'RollingUpdate', rollingUpdate: {maxSurge: surge, maxUnavailable: surge}})
const pod = (spec: object, rest: object = {}) => ({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'n'}, spec, ...rest})
const service = (spec: object) => ({apiVersion: 'v1', kind: 'Service', metadata: {name: 's', namespace: 'n'}, spec})
const virtualService = (apiVersion: string) => ({apiVersion, kind: 'VirtualService', metadata: {name: 'v', namespace: 'n'}, spec: {hosts: ['*']}})

const gatewayApi = (kind: string, version: string, spec: object, rest: object = {}) => ({
  apiVersion: `gateway.networking.k8s.io/${version}`,
  kind,
  metadata: {name: 'x', namespace: 'n'},
  spec,
  ...rest,
})
const waiting = (type: string) => ({type, status: 'Unknown', reason: 'Pending', message: 'Waiting for controller', lastTransitionTime: '1970-01-01T00:00:00Z'})

const apps = (kind: string, spec: object, rest: object = {}) => ({apiVersion: 'apps/v1', kind, metadata: {name: 'd', namespace: 'n'}, spec, ...rest})
const claim = {metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce']}}
const keeping = {whenDeleted: 'Retain', whenScaled: 'Retain'}
const stateful = {persistentVolumeClaimRetentionPolicy: keeping, podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10, serviceName: ''}
const none = {status: {availableReplicas: 0, replicas: 0}}

const cases: readonly (readonly [string, object, object])[] = [
  [
    'a StatefulSet is rolled out in order, one pod at a time, and keeps its claims',
    apps('StatefulSet', {selector, template, volumeClaimTemplates: [claim]}),
    apps(
      'StatefulSet',
      {
        ...stateful,
        selector,
        template: defaultedTemplate,
        updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1, partition: 0}},
        volumeClaimTemplates: [
          {...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: {...claim.spec, volumeMode: 'Filesystem'}, status: {phase: 'Pending'}},
        ],
      },
      none,
    ),
  ],
  [
    'a Job is done once, and tried seven times',
    {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'd', namespace: 'n'}, spec: {template}},
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {name: 'd', namespace: 'n'},
      spec: {backoffLimit: 6, completionMode: 'NonIndexed', completions: 1, manualSelector: false, parallelism: 1, podReplacementPolicy: 'TerminatingOrFailed', suspend: false, template: defaultedTemplate},
      status: {},
    },
  ],
  [
    'a StatefulSet that waits for deletions has no bounds',
    apps('StatefulSet', {selector, template, updateStrategy: {type: 'OnDelete'}}),
    apps('StatefulSet', {...stateful, selector, template: defaultedTemplate, updateStrategy: {type: 'OnDelete'}}, none),
  ],
  [
    'a Gateway of v1beta1 becomes one of v1, takes routes of its own namespace and waits for a controller',
    gatewayApi('Gateway', 'v1beta1', {
      gatewayClassName: 'istio',
      listeners: [
        {name: 'tls', port: 443, protocol: 'TLS', tls: {certificateRefs: [{name: 'c'}]}, allowedRoutes: {kinds: [{kind: 'TLSRoute'}]}},
        {name: 'all', port: 1, protocol: 'TCP', allowedRoutes: {namespaces: {from: 'All'}}},
        {name: 'tcp', port: 2, protocol: 'TCP'},
      ],
      addresses: [{value: '10.0.0.1'}],
    }),
    gatewayApi(
      'Gateway',
      'v1',
      {
        gatewayClassName: 'istio',
        listeners: [
          {
            name: 'tls',
            port: 443,
            protocol: 'TLS',
            tls: {mode: 'Terminate', certificateRefs: [{group: '', kind: 'Secret', name: 'c'}]},
            allowedRoutes: {namespaces: {from: 'Same'}, kinds: [{group: 'gateway.networking.k8s.io', kind: 'TLSRoute'}]},
          },
          {name: 'all', port: 1, protocol: 'TCP', allowedRoutes: {namespaces: {from: 'All'}}},
          {name: 'tcp', port: 2, protocol: 'TCP', allowedRoutes: {namespaces: {from: 'Same'}}},
        ],
        addresses: [{type: 'IPAddress', value: '10.0.0.1'}],
      },
      {status: {conditions: [waiting('Accepted'), waiting('Programmed')]}},
    ),
  ],
  [
    'a TCPRoute of v1alpha2 becomes one of v1, goes to Gateways and comes from Services, each with the weight 1',
    gatewayApi('TCPRoute', 'v1alpha2', {parentRefs: [{name: 'g'}], rules: [{backendRefs: [{name: 's', port: 1}, {name: 't', port: 1, weight: 0}]}]}),
    gatewayApi('TCPRoute', 'v1', {
      parentRefs: [{group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g'}],
      rules: [
        {
          backendRefs: [
            {group: '', kind: 'Service', name: 's', port: 1, weight: 1},
            {group: '', kind: 'Service', name: 't', port: 1, weight: 0},
          ],
        },
      ],
    }),
  ],
  [
    'a GatewayClass waits for its controller',
    gatewayApi('GatewayClass', 'v1', {controllerName: 'a.b/c'}),
    gatewayApi('GatewayClass', 'v1', {controllerName: 'a.b/c'}, {status: {conditions: [waiting('Accepted')]}}),
  ],
  [
    'an Ingress stays as it is',
    {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i', namespace: 'n'}, spec: {rules: [null]}},
    {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i', namespace: 'n'}, spec: {rules: [null]}},
  ],
  [
    'a Deployment gets a strategy, limits and a complete template',
    deployment('apps/v1', {replicas: 2, selector, template}),
    {
      ...deployment('apps/v1', {replicas: 2, selector, template: defaultedTemplate, progressDeadlineSeconds: 600, revisionHistoryLimit: 10, strategy: rolling('25%')}),
      status: {},
    },
  ],
  [
    'a Deployment of apps/v1beta2 becomes one of apps/v1 and must have a selector',
    deployment('apps/v1beta2', {template}),
    {...deployment('apps/v1', {replicas: 1, template: defaultedTemplate, progressDeadlineSeconds: 600, revisionHistoryLimit: 10, strategy: rolling('25%')}), status: {}},
  ],
  [
    'a Deployment of apps/v1beta1 takes its selector and labels from the template and keeps two revisions',
    deployment('apps/v1beta1', {template}),
    {
      ...deployment('apps/v1', {replicas: 1, selector, template: defaultedTemplate, progressDeadlineSeconds: 600, revisionHistoryLimit: 2, strategy: rolling('25%')}),
      metadata: {name: 'd', namespace: 'n', labels: {app: 'a', version: 'v1'}},
      status: {},
    },
  ],
  [
    'a Deployment of extensions/v1beta1 also rolls one by one and without a deadline',
    deployment('extensions/v1beta1', {template}),
    {
      ...deployment('apps/v1', {replicas: 1, selector, template: defaultedTemplate, progressDeadlineSeconds: 2147483647, revisionHistoryLimit: 2147483647, strategy: rolling(1)}),
      metadata: {name: 'd', namespace: 'n', labels: {app: 'a', version: 'v1'}},
      status: {},
    },
  ],
  [
    'a Deployment that recreates has no rolling update, zero replicas stay zero',
    deployment('apps/v1', {replicas: 0, selector, template, strategy: {type: 'Recreate'}}),
    {
      ...deployment('apps/v1', {replicas: 0, selector, template: defaultedTemplate, progressDeadlineSeconds: 600, revisionHistoryLimit: 10, strategy: {type: 'Recreate'}}),
      status: {},
    },
  ],
  [
    'a ReplicaSet gets one replica and a complete template',
    {apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: {name: 'r', namespace: 'n'}, spec: {selector, template}},
    {apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: {name: 'r', namespace: 'n'}, spec: {replicas: 1, selector, template: defaultedTemplate}, status: {replicas: 0}},
  ],
  [
    'a Pod also gets a service account and its first status',
    pod(template.spec),
    pod({...defaultedTemplate.spec, enableServiceLinks: true, serviceAccount: 'default', serviceAccountName: 'default'}, {status: {phase: 'Pending', qosClass: 'BestEffort'}}),
  ],
  [
    'the old name of the service account counts, host ports are the ports, limits are requests, probes and volumes are completed',
    pod({
      hostNetwork: true,
      serviceAccount: 'robot',
      initContainers: [{name: 'init', image: 'busybox'}],
      containers: [
        {
          name: 'c',
          image: 'localhost:5000/echo',
          env: [{name: 'IP', valueFrom: {fieldRef: {fieldPath: 'status.podIP'}}}],
          ports: [{containerPort: 80}],
          resources: {limits: {cpu: '1', memory: '1Gi'}},
          readinessProbe: {httpGet: {port: 80}, timeoutSeconds: 5},
          livenessProbe: {tcpSocket: {port: 80}},
          startupProbe: {grpc: {port: 80}},
          lifecycle: {preStop: {httpGet: {port: 80}}},
        },
      ],
      volumes: [{name: 'a'}, {name: 'b', configMap: {name: 'm'}}, {name: 'c', hostPath: {path: '/'}}],
    }),
    pod(
      {
        hostNetwork: true,
        serviceAccount: 'robot',
        serviceAccountName: 'robot',
        initContainers: [{name: 'init', image: 'busybox', imagePullPolicy: 'Always', resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File'}],
        containers: [
          {
            name: 'c',
            image: 'localhost:5000/echo',
            imagePullPolicy: 'Always',
            env: [{name: 'IP', valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath: 'status.podIP'}}}],
            ports: [{containerPort: 80, hostPort: 80, protocol: 'TCP'}],
            resources: {limits: {cpu: '1', memory: '1Gi'}, requests: {cpu: '1', memory: '1Gi'}},
            readinessProbe: {httpGet: {path: '/', port: 80, scheme: 'HTTP'}, timeoutSeconds: 5, periodSeconds: 10, successThreshold: 1, failureThreshold: 3},
            livenessProbe: {tcpSocket: {port: 80}, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3},
            startupProbe: {grpc: {port: 80, service: ''}, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3},
            lifecycle: {preStop: {httpGet: {path: '/', port: 80, scheme: 'HTTP'}}},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        volumes: [{name: 'a', emptyDir: {}}, {name: 'b', configMap: {name: 'm', defaultMode: 420}}, {name: 'c', hostPath: {path: '/', type: ''}}],
        dnsPolicy: 'ClusterFirst',
        enableServiceLinks: true,
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      },
      {status: {phase: 'Pending', qosClass: 'Burstable'}},
    ),
  ],
  [
    'a Service gets all but its address',
    service({ports: [{name: 'tcp', port: 9000}, {name: 'tcp-other', port: 9001, targetPort: 'other'}], selector: {app: 'a'}}),
    {
      ...service({
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ports: [
          {name: 'tcp', port: 9000, protocol: 'TCP', targetPort: 9000},
          {name: 'tcp-other', port: 9001, protocol: 'TCP', targetPort: 'other'},
        ],
        selector: {app: 'a'},
        sessionAffinity: 'None',
        type: 'ClusterIP',
      }),
      status: {loadBalancer: {}},
    },
  ],
  [
    'a LoadBalancer allots node ports and takes traffic for the whole cluster; an address given has two names',
    service({type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [{port: 80}], sessionAffinity: 'ClientIP'}),
    {
      ...service({
        type: 'LoadBalancer',
        allocateLoadBalancerNodePorts: true,
        clusterIP: '10.0.0.1',
        clusterIPs: ['10.0.0.1'],
        externalTrafficPolicy: 'Cluster',
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ports: [{port: 80, protocol: 'TCP', targetPort: 80}],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}},
      }),
      status: {loadBalancer: {}},
    },
  ],
  [
    'an ExternalName has neither addresses nor families',
    service({type: 'ExternalName', externalName: 'example.com'}),
    {...service({type: 'ExternalName', externalName: 'example.com', sessionAffinity: 'None'}), status: {loadBalancer: {}}},
  ],
  [
    'a Namespace carries its name as a label',
    {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'x', labels: {a: 'b'}}},
    {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'x', labels: {a: 'b', 'kubernetes.io/metadata.name': 'x'}}, spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}},
  ],
  [
    'the plain values of a Secret go into its data',
    {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's', namespace: 'n'}, data: {a: 'b2xk', b: 'eA=='}, stringData: {a: 'new'}},
    {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's', namespace: 'n'}, type: 'Opaque', data: {a: 'bmV3', b: 'eA=='}},
  ],
  [
    'ports of an EndpointSlice have a name and a protocol',
    {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: {name: 'e', namespace: 'n'}, addressType: 'IPv4', endpoints: null, ports: [{port: 1}]},
    {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: {name: 'e', namespace: 'n'}, addressType: 'IPv4', endpoints: null, ports: [{name: '', port: 1, protocol: 'TCP'}]},
  ],
  [
    'ports of Endpoints have a protocol',
    {apiVersion: 'v1', kind: 'Endpoints', metadata: {name: 'e', namespace: 'n'}, subsets: [{addresses: [{ip: '10.0.0.1'}], ports: [{port: 1}]}]},
    {apiVersion: 'v1', kind: 'Endpoints', metadata: {name: 'e', namespace: 'n'}, subsets: [{addresses: [{ip: '10.0.0.1'}], ports: [{port: 1, protocol: 'TCP'}]}]},
  ],
  ['an Istio object of v1alpha3 becomes one of v1', virtualService('networking.istio.io/v1alpha3'), virtualService('networking.istio.io/v1')],
  ['an Istio object of v1beta1 becomes one of v1', virtualService('networking.istio.io/v1beta1'), virtualService('networking.istio.io/v1')],
]

describe('defaults', () => {
  test.each(cases)('%s', (_what, written, expected) => {
    expect(withDefaults(written)).toEqual(expected)
  })

  test.each(cases)('once filled in, nothing changes again: %s', (_what, written) => {
    const once = withDefaults(written)
    expect(withDefaults(once)).toEqual(once)
  })

  test.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['localhost:5000/nginx', 'Always'],
    ['localhost:5000/nginx:1.2', 'IfNotPresent'],
    ['nginx@sha256:0123', 'IfNotPresent'],
    ['nginx:latest@sha256:0123', 'IfNotPresent'],
  ])('an image %s is pulled %s', (image, policy) => {
    expect(withDefaults(pod({containers: [{name: 'c', image}]}))).toMatchObject({spec: {containers: [{imagePullPolicy: policy}]}})
  })

  test.each([
    [[{}], 'BestEffort'],
    [[{limits: {cpu: '1', memory: '1Gi'}}], 'Guaranteed'],
    [[{requests: {cpu: '1'}}], 'Burstable'],
    [[{limits: {cpu: '1', memory: '1Gi'}}, {}], 'Burstable'],
  ])('containers with %j are %s', (resources, qosClass) => {
    expect(withDefaults(pod({containers: resources.map((one, index) => ({name: `c${index}`, image: 'x', resources: one}))}))).toMatchObject({status: {qosClass}})
  })

  test('a Service whose address is changed has the new one under both names', () => {
    expect(withDefaults(service({clusterIP: '10.0.0.2', clusterIPs: ['10.0.0.1'], ports: [{port: 1}]}))).toMatchObject({spec: {clusterIP: '10.0.0.2', clusterIPs: ['10.0.0.2']}})
  })
})
