/** A configuration in which every field under test has something to act on. */
export const BASE = `
{apiVersion: v1, kind: Service, metadata: {name: tcp-echo}, spec: {clusterIP: 127.200.1.1, selector: {app: tcp-echo}, ports: [{name: tcp, port: 9000}, {name: other, port: 9001}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: second}, spec: {clusterIP: 127.200.1.2, selector: {app: tcp-echo}, ports: [{name: tcp, port: 9000}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: third}, spec: {clusterIP: 127.200.1.3, selector: {app: tcp-echo}, ports: [{name: tls, port: 9000}]}}
---
{kind: Deployment, metadata: {name: v1}, spec: {replicas: 2, template: {metadata: {labels: {app: tcp-echo, version: v1, 'security.istio.io/tlsMode': istio}}, spec: {containers: [{name: istio-proxy}]}}}}
---
{kind: Deployment, metadata: {name: v2}, spec: {template: {metadata: {labels: {app: tcp-echo, version: v2}}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: gtw-istio}, spec: {clusterIP: 127.200.1.9, selector: {gateway.networking.k8s.io/gateway-name: gtw}, ports: [{name: tcp, port: 7000}, {name: tls, port: 7443}, {name: end, port: 7444}]}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: default}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 31400, name: tcp, protocol: TCP}, hosts: ['*']}
  - {port: {number: 15443, name: tls, protocol: TLS}, hosts: ['*.example.com'], tls: {mode: PASSTHROUGH}}
  - {port: {number: 8443, name: end, protocol: TLS}, hosts: ['*.example.org'], tls: {mode: MUTUAL, credentialName: cert}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: default}
spec:
  hosts: ['*.example.com', '*.example.org']
  gateways: [gw]
  tcp:
  - match: [{port: 31400}]
    route:
    - {destination: {host: tcp-echo, port: {number: 9000}, subset: v1}, weight: 80}
    - {destination: {host: tcp-echo, port: {number: 9000}, subset: v2}, weight: 20}
  - match: [{port: 8443}]
    route: [{destination: {host: tcp-echo, port: {number: 9001}}}]
  tls:
  - match: [{port: 15443, sniHosts: [a.example.com]}]
    route:
    - {destination: {host: tcp-echo, port: {number: 9000}, subset: v1}, weight: 1}
    - {destination: {host: entry.example, port: {number: 7070}}, weight: 1}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: mesh, namespace: default}
spec:
  hosts: [second]
  tcp:
  - match: [{port: 9000}]
    route: [{destination: {host: tcp-echo, port: {number: 9001}}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: mesh-tls, namespace: default}
spec:
  hosts: [third.default.svc.cluster.local]
  tls:
  - match: [{port: 9000, sniHosts: [third.default.svc.cluster.local]}]
    route: [{destination: {host: tcp-echo, port: {number: 9001}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: dr, namespace: default}
spec:
  host: tcp-echo
  trafficPolicy: {connectionPool: {tcp: {connectTimeout: 3s}}}
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: of-entry, namespace: default}
spec: {host: entry.example, trafficPolicy: {tls: {mode: SIMPLE}}, subsets: [{name: v1, labels: {version: v1}}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: entry, namespace: default}
spec:
  hosts: [entry.example]
  ports: [{number: 7070, name: tcp, protocol: TCP}]
  resolution: STATIC
  endpoints: [{address: 10.9.9.1, labels: {version: v1}}, {address: 10.9.9.2}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: chosen, namespace: default}
spec:
  hosts: [chosen.example]
  ports: [{number: 7071, name: tcp, protocol: TCP}]
  resolution: STATIC
  workloadSelector: {labels: {app: vm}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm, namespace: default}
spec: {address: 10.8.8.1, labels: {app: vm}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: to-entries, namespace: default}
spec:
  hosts: [second-port.example.com]
  gateways: [gw]
  tls:
  - match: [{port: 15443, sniHosts: [second-port.example.com]}]
    route:
    - {destination: {host: chosen.example, port: {number: 7071}}, weight: 1}
    - {destination: {host: entry.example, port: {number: 7070}, subset: v1}, weight: 1}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gtw, namespace: default}
spec:
  gatewayClassName: istio
  listeners:
  - {name: tcp, port: 7000, protocol: TCP}
  - {name: tls, port: 7443, protocol: TLS, hostname: '*.example.net', tls: {mode: Passthrough}}
  - {name: end, port: 7444, protocol: TLS, hostname: '*.example.net', tls: {mode: Terminate, certificateRefs: [{name: cert}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: tcp, namespace: default}
spec:
  parentRefs: [{name: gtw, sectionName: tcp}]
  rules: [{backendRefs: [{name: tcp-echo, port: 9000, weight: 3}, {name: second, port: 9000, weight: 1}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: tls, namespace: default}
spec:
  parentRefs: [{name: gtw}]
  hostnames: [a.example.net]
  rules: [{backendRefs: [{name: tcp-echo, port: 9000, weight: 3}, {name: second, port: 9000, weight: 1}]}]
---
kind: Facts
metadata: {name: facts}
credentials:
  'secret:istio-system/cert': {pair: {certificate: CERT, privateKey: KEY}}
  'secret:istio-system/cert-cacert': {ca: CA}
  'secret:istio-system/other': {pair: {certificate: OTHER, privateKey: KEY}}
  'secret:default/cert': {pair: {certificate: CERT, privateKey: KEY}}
  'secret:default/cert-cacert': {ca: CA}
  'secret:default/other': {pair: {certificate: OTHER, privateKey: KEY}}
  'secret:istio-system/other-cacert': {ca: OTHER}
  'secret:default/other-cacert': {ca: CA}
  'configmap:default/ca': {ca: CA}
  'files:c|k||': {pair: {certificate: FILE, privateKey: FILE}}
  'files:c|k2||': {pair: {certificate: FILE, privateKey: FILE2}}
  'files:c2|k||': {pair: {certificate: FILE2, privateKey: FILE}}
  'files:c|k|ca|': {pair: {certificate: FILE, privateKey: FILE}, ca: CA}
  'files:||ca|': {ca: CA}
  'files:||ca|crl': {ca: CA, crl: CRL}
  'files:c|k|ca|crl': {pair: {certificate: FILE, privateKey: FILE}, ca: CA, crl: CRL}
resolved: {db.example: [10.7.7.1, 10.7.7.2]}
`
