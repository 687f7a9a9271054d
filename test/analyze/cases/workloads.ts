import type {Case} from './case.js'
import {all, deployment, namespace, pod, service} from './documents.js'

export const workloadCases: readonly Case[] = [
  {
    of: 'injection.Analyzer',
    that: 'namespaces without a decision or with two are reported, others and the systems are not',
    given: all(
      namespace('bar'),
      namespace('busted', 'istio-injection: enabled, istio.io/rev: canary'),
      namespace('mesh', 'istio-injection: enabled'),
      namespace('bare', 'istio-injection: disabled'),
      namespace('ambient', 'istio.io/dataplane-mode: ambient'),
      namespace('istio-system'),
      namespace('kube-system'),
    ),
    says: [
      'IST0123 Namespace busted:7: The namespace has more than one type of injection labels [istio-injection=enabled istio.io/rev=canary], which may lead to undefined behavior. Make sure only one injection label exists.',
      "IST0102 Namespace bar:3: The namespace is not enabled for Istio injection. Run 'kubectl label namespace bar istio-injection=enabled' to enable it, or 'kubectl label namespace bar istio-injection=disabled' to explicitly mark it as not needing injection.",
    ],
  },
  {
    of: 'injection.Analyzer',
    that: 'pods of a namespace with injection need the proxy unless they decline',
    given: all(
      namespace('mesh', 'istio-injection: enabled'),
      pod('bare', 'namespace: mesh'),
      pod('proxied', 'namespace: mesh', '{name: istio-proxy, image: proxyv2}'),
      pod('declines', 'namespace: mesh, labels: {sidecar.istio.io/inject: "false"}'),
      pod('elsewhere', 'namespace: bare'),
    ),
    says: ['IST0103 Pod mesh/bare:5: The pod mesh/bare is missing the Istio proxy. This can often be resolved by restarting or redeploying the workload.'],
  },
  {
    of: 'injection.Analyzer',
    that: 'where injection is the default, a namespace without labels is told so',
    given: all(
      namespace('bar'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio-sidecar-injector, namespace: istio-system}\ndata:\n  values: \'{"sidecarInjectorWebhook": {"enableNamespacesByDefault": true}}\'\n',
    ),
    says: ['IST0148 Namespace bar:3: is enabled for Istio injection, as Istio is installed with enableNamespacesByDefault as true.'],
  },
  {
    of: 'injection.ImageAutoAnalyzer',
    that: 'image auto needs an injector',
    given: all(
      pod('p', 'labels: {a: b}', '{name: istio-proxy, image: auto}'),
      deployment('d', 'labels: {app: a}', '{name: istio-proxy, image: auto}'),
      deployment('asks', 'labels: {app: a, sidecar.istio.io/inject: "true"}', '{name: istio-proxy, image: auto}'),
    ),
    says: [
      'IST0147 Pod default/p:1: Pod p contains `image: auto` but does not match any Istio injection webhook selectors.',
      'IST0146 Deployment default/d:6: Deployment d contains `image: auto` but does not match any Istio injection webhook selectors.',
    ],
  },
  {
    of: 'service.PortNameAnalyzer',
    that: 'a port must say what it speaks, by appProtocol or the start of its name',
    given: service(
      's',
      '  ports:\n  - {name: foo, port: 1}\n  - {name: tcp-x, port: 2}\n  - {name: dns, port: 53}\n  - {name: x, port: 3, protocol: UDP}\n  - {name: why, port: 4, appProtocol: mongo}\n  - {name: tcp, port: 5, appProtocol: bar, targetPort: named}\n  - {name: grpc-web-x, port: 6}\n  - {name: z, port: 7, appProtocol: kubernetes.io/h2c}',
    ),
    says: [
      "IST0118 Service default/s:11: Port name tcp (port: 5, targetPort: named) doesn't follow the naming convention of Istio port.",
      "IST0118 Service default/s:6: Port name foo (port: 1, targetPort: 1) doesn't follow the naming convention of Istio port.",
    ],
  },
  {
    of: 'service.PortNameAnalyzer',
    that: "an ExternalName Service's port must not be called tcp, and Istio's own Services are left alone",
    given: all(
      service('e', '  type: ExternalName\n  externalName: x.com\n  ports: [{name: tcp, port: 1}, {name: https, port: 2}]'),
      service('i', '  ports: [{name: foo, port: 1}]', ', labels: {istio: pilot}'),
    ),
    says: [
      'IST0150 Service default/e:7: Port name for ExternalName service is invalid. Proxy may prevent tcp named ports and unmatched traffic for ports serving TCP protocol from being forwarded correctly',
    ],
  },
  {
    of: 'deployment.MultiServiceAnalyzer',
    that: 'two Services must agree about protocol and targetPort of a Deployment in the mesh',
    given: all(
      namespace('default', 'istio-injection: enabled'),
      deployment('d', 'labels: {app: a}'),
      service('b', '  selector: {app: a}\n  ports: [{name: tcp, port: 1, targetPort: 9000}, {name: udp, port: 2, protocol: UDP}]'),
      service('a', '  selector: {app: a}\n  ports: [{name: tcp, port: 3, targetPort: 9000}, {name: tcp-2, port: 2}]'),
      service('selectorless', '  ports: [{name: tcp, port: 4, targetPort: 9000}]'),
    ),
    says: [
      'IST0116 Deployment default/d:7: This deployment d is associated with multiple services using port 2 but different protocols: [default/a default/b]',
      'IST0137 Deployment default/d:7: This deployment d is associated with multiple services [default/b default/a] using targetPort "9000" but different ports: [1 3].',
    ],
  },
  {
    of: 'deployment.MultiServiceAnalyzer',
    that: 'Deployments outside the mesh may have what they like',
    given: all(
      deployment('d', 'labels: {app: a}'),
      service('a', '  selector: {app: a}\n  ports: [{name: tcp, port: 1, targetPort: 9}]'),
      service('b', '  selector: {app: a}\n  ports: [{name: tcp, port: 2, targetPort: 9}]'),
    ),
    says: [],
  },
  {
    of: 'applicationUID.Analyzer',
    that: "nobody but the proxy runs as the proxy's user",
    given: all(
      pod('p', 'labels: {a: b}', '{name: app, image: app, securityContext: {runAsUser: 1337}}'),
      pod('proxy', 'labels: {a: b}', '{name: istio-proxy, image: p, securityContext: {runAsUser: 1337}}'),
      deployment('d', 'labels: {app: a}', '{name: app, image: app, securityContext: {runAsUser: 1338}}'),
    ),
    says: ['IST0144 Pod default/p:1: User ID (UID) 1337 is reserved for the sidecar proxy.'],
  },
]
