import type {Case} from './case.js'
import {all, deployment, entry, pod, rule, service} from './documents.js'

export const destinationRuleCases: readonly Case[] = [
  {
    of: 'destinationrule.SubsetSelectPodAnalyzer',
    that: 'a subset needs a pod with its labels, in whatever namespace and of whatever app; a Deployment stands for its pods',
    given: all(
      service('s', '  selector: {app: s}\n  ports: [{name: tcp, port: 1}]'),
      rule('r', '  host: s\n  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}, {name: any}]'),
      pod('p', 'namespace: other, labels: {version: v1}'),
      deployment('d', 'labels: {app: a, version: v2}'),
    ),
    says: [
      'IST0173 DestinationRule default/r:8: The Subset v3 defined in the DestinationRule does not select any pods. Which may lead to 503 UH (NoHealthyUpstream).',
    ],
  },
  {
    of: 'destinationrule.SubsetSelectPodAnalyzer',
    that: "a rule's host must be a Service or of a ServiceEntry, whose workload selector then counts",
    given: all(
      rule('r', '  host: gone'),
      entry('e', '  hosts: [e.com]\n  workloadSelector: {labels: {app: e}}'),
      rule('s', '  host: e.com\n  subsets: [{name: v1, labels: {version: v1}}]'),
      pod('p', 'labels: {version: v1}'),
    ),
    says: [
      'IST0173 DestinationRule default/s:14: The Subset v1 defined in the DestinationRule does not select any pods. Which may lead to 503 UH (NoHealthyUpstream).',
      'IST0174 DestinationRule default/r:1: The host gone defined in the DestinationRule does not match any services in the mesh.',
    ],
  },
  {
    of: 'destinationrule.CaCertificateAnalyzer',
    that: 'TLS without authorities is reported for the rule and for each port, not for subsets',
    given: rule(
      'r',
      '  host: s\n  trafficPolicy:\n    tls: {mode: SIMPLE}\n    portLevelSettings:\n    - port: {number: 443}\n      tls: {mode: MUTUAL}\n    - tls: {mode: SIMPLE, caCertificates: /ca}\n  subsets: [{name: v1, trafficPolicy: {tls: {mode: SIMPLE}}}]',
    ),
    says: [
      'IST0128 DestinationRule default/r:1: DestinationRule default/r in namespace default has TLS mode set to SIMPLE but no caCertificates are set to validate server identity for host: s',
      'IST0129 DestinationRule default/r:1: DestinationRule default/r in namespace default has TLS mode set to MUTUAL but no caCertificates are set to validate server identity for host: s at port number:443',
    ],
  },
  {
    of: 'destinationrule.CaCertificateAnalyzer',
    that: 'a credential brings authorities where a workload selector allows one',
    given: rule('r', '  host: s\n  workloadSelector: {matchLabels: {a: b}}\n  trafficPolicy: {tls: {mode: SIMPLE, credentialName: c}}'),
    says: [],
  },
]
