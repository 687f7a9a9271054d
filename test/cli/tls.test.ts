import {once} from 'node:events'
import {copyFileSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {createServer, type Server} from 'node:tls'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const pem = (name: string) => path.join(import.meta.dirname, `../probe/tls/${name}.pem`)
const PAIR = {key: readFileSync(pem('key')), cert: readFileSync(pem('certificate'))}

/** TLS from the manifest to the socket: ended at the gateway, passed through by name, and towards a server of the user's own. */
describe('TLS through the gateway', () => {
  let box: Sandbox
  const servers: Server[] = []

  /** A TLS server that says its name and the name it was called by. */
  async function server(name: string): Promise<number> {
    const made = createServer(PAIR, (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => socket.end(`${name} ${String(socket.servername)}\n`))
    })
    made.listen(0, '127.0.0.1')
    await once(made, 'listening')
    servers.push(made)
    return (made.address() as {port: number}).port
  }

  const probe = (sni: string, count: number, more = '') => box.sh(`tshift probe $BIND:31400 --tls --insecure --sni ${sni} -n ${count} -m hi -q ${more}`)

  beforeAll(async () => {
    box = createSandbox()
    const [blue, green] = [await server('blue'), await server('green')]
    await box.ok('tshift apply -f tcp-echo/tcp-echo-services.yaml && tshift gateway start --bind $BIND')
    await box.ok(`tshift create -f - `, {input: manifest(blue, green)})
    await podsReady(box, '-l app=tcp-echo', 2)
  })
  afterAll(async () => {
    for (const made of servers) made.close()
    await box.close()
  })

  test('it ends at the gateway with the certificate of a Secret; without the Secret handshakes fail, and it is said why', async () => {
    expect((await probe('end.example.com', 1)).stdout).toBe('')
    expect(await box.ok('tshift gateway status -o json')).toContain('tls-credential')
    const secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'cert', namespace: 'istio-system'}, type: 'kubernetes.io/tls', stringData: {'tls.crt': String(PAIR.cert), 'tls.key': String(PAIR.key)}}
    await box.ok('tshift apply -f -', {input: JSON.stringify(secret)})
    await box.ok('for i in {1..100}; do tshift probe $BIND:31400 --tls --insecure --sni end.example.com -n 1 -m hi -q | grep -q one && exit 0; done; exit 1')
    expect((await probe('end.example.com', 5)).stdout).toBe('one hi\n'.repeat(5))
  })

  test('it is passed through by name, by weight, and the server sees the name', async () => {
    const {stdout} = await probe('pass.example.com', 200)
    const lines = stdout.trimEnd().split('\n')
    expect([...new Set(lines)].sort()).toEqual(['blue pass.example.com', 'green pass.example.com'])
    // 50 of 200 expected; beyond 15..95 by chance once in a hundred million
    const green = lines.filter((line) => line.startsWith('green')).length
    expect(green).toBeGreaterThan(14)
    expect(green).toBeLessThan(96)
  })

  test('a name nobody serves is closed (NR), and trace says so', async () => {
    expect(await probe('other.example.com', 2)).toMatchObject({code: 5, stdout: ''})
    const traced = await box.sh('tshift trace 31400 --sni other.example.com')
    expect(traced.code).toBe(1)
    expect(traced.stdout).toContain('NR')
    expect((await box.sh('tshift trace 31400 --sni pass.example.com')).code).toBe(0)
    const {stats} = JSON.parse(await box.ok('tshift gateway status -o json')) as {stats: {listeners: Record<string, {noChain: number}>}}
    expect(stats.listeners['0.0.0.0_31400']?.noChain).toBe(2)
  })

  test('a certificate that does not fit its key is refused by the gateway, which keeps the last good one', async () => {
    const bad = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'cert', namespace: 'istio-system'}, type: 'kubernetes.io/tls', stringData: {'tls.crt': String(PAIR.cert), 'tls.key': readFileSync(path.join(import.meta.dirname, '../engine/tls/rsa-key.pem'), 'utf8')}}
    await box.ok('tshift apply -f -', {input: JSON.stringify(bad)})
    await box.ok(`for i in {1..100}; do tshift gateway status -o json | grep -q credential-doubtful && exit 0; sleep 0.05; done; tshift gateway status -o json; exit 1`)
    expect((await probe('end.example.com', 3)).stdout).toBe('one hi\n'.repeat(3))
  })

  test('the gateway speaks TLS to a server where the DestinationRule says so', async () => {
    const [, green = ''] = servers.map((made) => String((made.address() as {port: number}).port))
    copyFileSync(pem('certificate'), path.join(box.directory, 'ca.pem'))
    await box.ok('tshift apply -f -', {input: toServer(green, path.join(box.directory, 'ca.pem'))})
    await box.ok('for i in {1..100}; do tshift probe $BIND:31401 -n 1 -m hi -q | grep -q green && exit 0; sleep 0.05; done; exit 1')
  })
})

const manifest = (blue: number, green: number) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: tls}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 31400, name: end, protocol: TLS}, hosts: [end.example.com], tls: {mode: SIMPLE, credentialName: cert}}
  - {port: {number: 31400, name: pass, protocol: TLS}, hosts: [pass.example.com], tls: {mode: PASSTHROUGH}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: tls}
spec:
  hosts: [end.example.com, pass.example.com]
  gateways: [tls]
  tcp:
  - route: [{destination: {host: tcp-echo, port: {number: 9000}, subset: v1}}]
  tls:
  - match: [{sniHosts: [pass.example.com]}]
    route:
    - {destination: {host: own.example, port: {number: 7070}, subset: blue}, weight: 75}
    - {destination: {host: own.example, port: {number: 7070}, subset: green}, weight: 25}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: tcp-echo}
spec: {host: tcp-echo, subsets: [{name: v1, labels: {version: v1}}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: own}
spec: {host: own.example, subsets: [{name: blue, labels: {color: blue}}, {name: green, labels: {color: green}}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: own}
spec:
  hosts: [own.example]
  ports: [{number: 7070, name: tls, protocol: TLS}]
  resolution: STATIC
  endpoints:
  - {address: 127.0.0.1, ports: {tls: ${blue}}, labels: {color: blue}}
  - {address: 127.0.0.1, ports: {tls: ${green}}, labels: {color: green}}
`

const toServer = (port: string, ca: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: plain}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 31401, name: tcp, protocol: TCP}, hosts: ['*']}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: plain}
spec:
  hosts: ['*']
  gateways: [plain]
  tcp: [{route: [{destination: {host: secure.example}}]}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: secure}
spec:
  hosts: [secure.example]
  ports: [{number: 7071, name: tcp, protocol: TCP}]
  resolution: STATIC
  endpoints: [{address: 127.0.0.1, ports: {tcp: ${port}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: secure}
spec: {host: secure.example, trafficPolicy: {tls: {mode: SIMPLE, sni: called.example, caCertificates: ${ca}}}}
`
