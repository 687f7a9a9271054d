import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {createServer as createPlainServer} from 'node:net'
import path from 'node:path'
import {createServer, type Server} from 'node:tls'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const pem = (name: string) => path.join(import.meta.dirname, `../probe/tls/${name}.pem`)
const PAIR = {key: readFileSync(pem('key')), cert: readFileSync(pem('certificate'))}
const base64 = (bytes: Buffer) => bytes.toString('base64')

/** Gateway API on real sockets: clients verify the certificate, so that who ends TLS is proven by who could answer. */
describe('the Gateway API on sockets', () => {
  let box: Sandbox
  let secure: Server

  const probe = (port: number) => box.sh(`tshift probe $BIND:${port} --tls --cacert ${pem('certificate')} --sni tcp-echo.example -n 3 -m hi -q`)

  beforeAll(async () => {
    box = createSandbox()
    secure = createServer(PAIR, (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => socket.end(`secure ${String(socket.servername)}\n`))
    })
    secure.listen(0, '127.0.0.1')
    await once(secure, 'listening')
    await box.ok('tshift apply -f tcp-echo/tcp-echo-services.yaml && tshift gateway start --bind $BIND')
    await podsReady(box, '-l app=tcp-echo', 2)
    await box.ok('tshift apply -f -', {input: manifest((secure.address() as {port: number}).port)})
    await box.ok('tshift wait --for=condition=Programmed gtw/gw --timeout=30s')
  })
  afterAll(async () => {
    secure.close()
    await box.close()
  })

  test('a TLSRoute passes TLS through to the server, a TCPRoute gets what the listener has decrypted', async () => {
    const eventually = (port: number, answer: string) =>
      box.ok(`for i in {1..100}; do tshift probe $BIND:${port} --tls --insecure --sni tcp-echo.example -n 1 -m hi -q | grep -qE '${answer}' && exit 0; sleep 0.05; done; exit 1`)
    await Promise.all([eventually(8443, 'secure'), eventually(8444, 'one|two')])
    expect(await probe(8443)).toMatchObject({code: 0, stdout: 'secure tcp-echo.example\n'.repeat(3)})
    const ended = await probe(8444)
    expect(ended.code).toBe(0)
    expect(ended.stdout).toMatch(/^(?:(?:one|two) hi\n){3}$/)
  })

  test('a Gateway whose port another process has is not programmed, until it has the port', async () => {
    const holder = createPlainServer()
    holder.listen(31999, box.address)
    await once(holder, 'listening')
    await box.ok('tshift apply -f -', {input: TAKEN})
    await box.ok('tshift wait --for=condition=Programmed=False gtw/taken --timeout=30s')
    await box.ok(`tshift wait --for=jsonpath='{.status.listeners[0].conditions[?(@.type=="Accepted")].reason}'=PortUnavailable gtw/taken --timeout=30s`)
    const told = await box.ok(`tshift get gtw taken -o jsonpath='{.status.conditions[?(@.type=="Programmed")].message}'`)
    expect(told).toContain(`port 31999 at ${box.address} is in use by`)
    holder.close()
    await box.ok('tshift wait --for=condition=Programmed gtw/taken --timeout=30s')
    expect((await box.sh('tshift probe $BIND:31999 -n 1 -m hi -q')).stdout).toMatch(/^(?:one|two) hi\n$/)
  })
})

const manifest = (port: number) => `apiVersion: v1
kind: Secret
metadata: {name: cert}
type: kubernetes.io/tls
data: {tls.crt: ${base64(PAIR.cert)}, tls.key: ${base64(PAIR.key)}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: istio
  listeners:
  - {name: pass, protocol: TLS, port: 8443, hostname: tcp-echo.example, tls: {mode: Passthrough}}
  - {name: end, protocol: TLS, port: 8444, tls: {mode: Terminate, certificateRefs: [{name: cert}]}}
---
apiVersion: v1
kind: Service
metadata: {name: secure}
spec: {ports: [{name: tls, port: 443}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: secure-1, labels: {kubernetes.io/service-name: secure}}
addressType: IPv4
endpoints: [{addresses: [127.0.0.1]}]
ports: [{name: tls, port: ${port}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: secure}
spec:
  parentRefs: [{name: gw, sectionName: pass}]
  hostnames: [tcp-echo.example]
  rules: [{backendRefs: [{name: secure, port: 443}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: ended}
spec:
  parentRefs: [{name: gw, sectionName: end}]
  rules: [{backendRefs: [{name: tcp-echo, port: 9000}]}]
`

const TAKEN = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: taken}
spec:
  gatewayClassName: istio
  listeners: [{name: tcp, protocol: TCP, port: 31999}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: taken}
spec:
  parentRefs: [{name: taken}]
  rules: [{backendRefs: [{name: tcp-echo, port: 9000}]}]
`
