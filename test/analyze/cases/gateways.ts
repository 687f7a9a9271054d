import type {Case} from './case.js'
import {all, gateway, ingressPod, ingressService, onIngress, pod, server, service, vs} from './documents.js'

export const gatewayCases: readonly Case[] = [
  {
    of: 'gateway.IngressGatewayPortAnalyzer',
    that: 'each port that is neither a port nor a targetPort of a Service in front of the pods is reported',
    given: all(
      ingressPod,
      ingressService('{name: http2, port: 80, targetPort: 8080}, {name: tls, port: 443, targetPort: https}, {name: dns, port: 53, protocol: UDP}'),
      gateway('g', onIngress(server(80), server(8080), server(443), server(53), server(28674))),
    ),
    says: [28674, 53].map(
      (port) =>
        `IST0162 Gateway default/g:18: The gateway is listening on a target port (port ${port}) that is not defined in the Service associated with its workload instances (Pod selector istio=ingressgateway). If you need to access the gateway port through the gateway Service, it will not be available.`,
    ),
  },
  {
    of: 'gateway.IngressGatewayPortAnalyzer',
    that: 'a selector that finds no pod is all that is said, at the line of its first label',
    given: gateway('g', `  selector:\n    b: c\n    a: b\n  servers: [${server(1)}]`),
    says: ['IST0101 Gateway default/g:7: Referenced selector not found: "a=b,b=c"'],
  },
  {
    of: 'gateway.IngressGatewayPortAnalyzer',
    that: 'a Gateway without selector is for every pod, and a Service without one is in front of every pod',
    given: all(pod('p', 'labels: {x: why}'), service('s', '  ports: [{name: tcp, port: 1}]'), gateway('g', `  servers: [${server(1)}]`)),
    says: [],
  },
  {
    of: 'gateway.SecretAnalyzer',
    that: 'a credential is looked for where the gateway runs, and must be usable',
    given: all(
      ingressPod,
      'apiVersion: v1\nkind: Secret\nmetadata: {name: good, namespace: istio-system}\n',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: bad, namespace: istio-system}\n',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: elsewhere}\n',
      gateway('g', onIngress(...['good', 'bad', 'elsewhere'].map((name) => server(1, `, tls: {credentialName: ${name}}`)))),
    ),
    says: [
      'IST0101 Gateway default/g:23: Referenced credentialName not found: "elsewhere"',
      'IST0161 Gateway default/g:23: The credential referenced by the Gateway g in namespace istio-system is invalid, which can cause the traffic not to work as expected.',
    ],
  },
  {
    of: 'gateway.CertificateAnalyzer',
    that: 'one certificate in two Gateways of the same pods is reported on both',
    given: all(
      gateway('a', `  selector: {istio: ingressgateway}\n  servers: [${server(1, ', tls: {credentialName: c}')}]`),
      gateway(
        'b',
        `  selector: {istio: ingressgateway, app: x}\n  servers: [${server(2, ', tls: {credentialName: c}')}, ${server(3, ', tls: {serverCertificate: /c, privateKey: /k}')}]`,
      ),
      gateway('other', `  selector: {istio: other}\n  servers: [${server(2, ', tls: {credentialName: c}')}]`),
    ),
    says: ['IST0138 Gateway default/a:3: Duplicate certificate in multiple gateways [default/a default/b] may cause 404s if clients re-use HTTP2 connections.'],
  },
  {
    of: 'gateway.ConflictingGatewayAnalyzer',
    that: 'the same host on the same port of the same pods is a conflict, written differently it is none',
    given: all(
      gateway('a', onIngress(server(80))),
      gateway('b', onIngress(server(80))),
      gateway('c', onIngress('{hosts: ["*/*"], port: {number: 80, name: x, protocol: TCP}}')),
      gateway('d', onIngress(server(81))),
    ),
    says: [
      'IST0145 Gateway default/a:6: Conflict with gateways default/b (workload selector istio=ingressgateway, port 80, hosts *).',
      'IST0145 Gateway default/b:13: Conflict with gateways default/a (workload selector istio=ingressgateway, port 80, hosts *).',
    ],
  },
  {
    of: 'gateway.ConflictingGatewayAnalyzer',
    that: 'a narrower selector meets a wider one where a pod fits both, and another bind is another place',
    given: all(
      gateway('a', `  selector: {istio: ingressgateway}\n  servers: [${server(80)}]`),
      gateway('b', `  selector: {istio: ingressgateway, zone: x}\n  servers: [${server(80)}]`),
      gateway('c', `  selector: {istio: ingressgateway, zone: z}\n  servers: [${server(80)}]`),
      gateway('d', onIngress(server(80, ', bind: 127.0.0.9'))),
      pod('p', 'labels: {istio: ingressgateway, zone: x}'),
    ),
    says: [
      'IST0145 Gateway default/a:6: Conflict with gateways default/b (workload selector istio=ingressgateway, port 80, hosts *).',
      'IST0145 Gateway default/b:13: Conflict with gateways default/a (workload selector istio=ingressgateway,zone=x, port 80, hosts *).',
    ],
  },
  {
    of: 'schema.ValidationAnalyzer.Gateway',
    that: 'only the kind it is for is looked at, and what is fine is left alone',
    given: all(gateway('g', onIngress(server(80))), vs('a', '  hosts: ["*"]')),
    says: [],
  },
]
