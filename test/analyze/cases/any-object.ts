import type {Case} from './case.js'
import {all, deployment, namespace, pod, service} from './documents.js'

export const anyObjectCases: readonly Case[] = [
  {
    of: 'conditions.ConditionAnalyzer',
    that: 'what a controller said no to is repeated',
    given: `${service('s', '  ports: [{name: tcp, port: 1}]')}status:\n  conditions:\n  - {type: WaypointBound, status: "False", reason: NotReady, message: soon, lastTransitionTime: "2026-01-01T00:00:00Z"}\n  - {type: Fine, status: "True", reason: R, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}\n`,
    says: ['IST0171 Service default/s:1: A condition with a negative status is present: type=WaypointBound, reason=NotReady, message=soon.'],
  },
  {
    of: 'annotations.K8sAnalyzer',
    that: 'annotations must be known, current, in place and make sense',
    given: all(
      service(
        's',
        '  ports: [{name: tcp, port: 1}]',
        ', annotations: {networking.istio.io/exportTO: "*", networking.istio.io/exportTo: "*", example.com/x: why}',
      ),
      pod(
        'p',
        'annotations: {sidecar.istio.io/interceptionMode: FOO, traffic.sidecar.istio.io/excludeInboundPorts: "80,x", traffic.sidecar.istio.io/includeOutboundIPRanges: "*"}',
      ),
      namespace('staging').replace('labels: {}', 'annotations: {proxy.istio.io/config: x}'),
      deployment('d', 'labels: {app: a}, annotations: {sidecar.istio.io/inject: "true", galley.istio.io/analyze-suppress: IST0001}'),
    ),
    says: [
      'IST0107 Namespace staging:14: Misplaced annotation: proxy.istio.io/config can only be applied to Pod',
      'IST0108 Service default/s:3: Unknown annotation: networking.istio.io/exportTO',
      'IST0125 Pod default/p:9: Invalid annotation sidecar.istio.io/interceptionMode: interceptionMode invalid, use REDIRECT,TPROXY,NONE: FOO',
      "IST0125 Pod default/p:9: Invalid annotation traffic.sidecar.istio.io/excludeInboundPorts: excludeInboundPorts invalid: failed parsing port 'x': failed parsing port 'x': strconv.ParseUint: parsing \"x\": invalid syntax",
      'IST0135 Deployment default/d:22: Annotation "sidecar.istio.io/inject" has been deprecated in favor of the "sidecar.istio.io/inject" label and may not work in future Istio versions.',
    ],
  },
]
