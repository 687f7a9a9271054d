import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {createServer, type Server, type Socket} from 'node:net'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

/** Servers of the user's own, which tshift did not start: at two addresses, at a socket file and behind a name. */
describe('servers behind a ServiceEntry', () => {
  let box: Sandbox
  const servers: Server[] = []
  const socketPath = () => path.join(box.directory, 'three.sock')

  beforeAll(async () => {
    box = createSandbox()
    await serve('three', {path: socketPath()})
    const ports = {
      one: await serve('one', {host: '127.9.0.1', port: 0}),
      two: await serve('two', {host: '127.9.0.2', port: 0}),
      four: await serve('four', {host: '127.0.0.1', port: 0}),
    }
    writeFileSync(path.join(box.directory, 'servers.yaml'), manifest(ports))
    await box.ok('tshift gateway start --seed 4 --workers 1')
    await box.ok(`tshift apply -f ${box.directory}/servers.yaml`)
  })
  afterAll(async () => {
    servers.forEach((server) => server.close())
    await box.close()
  })

  /** Answers every line with the server's name before it, as tcp-echo does; returns the port. */
  async function serve(name: string, at: {host: string; port: number} | {path: string}): Promise<number> {
    const server = createServer({allowHalfOpen: true}, (socket: Socket) => {
      socket.on('error', () => undefined).on('end', () => socket.end())
      socket.on('data', (bytes: Buffer) => socket.write(`${name} ${bytes.toString()}`))
    })
    servers.push(server)
    await once(server.listen(at), 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  const manifest = ({one, two, four}: Readonly<Record<'one' | 'two' | 'four', number>>) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: servers}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: servers}
spec:
  hosts: [servers.internal]
  ports: [{number: 9000, name: tcp, protocol: TCP}]
  resolution: STATIC
  location: MESH_EXTERNAL
  endpoints:
  - {address: 127.9.0.1, ports: {tcp: ${one}}, labels: {version: v1}}
  - {address: 127.9.0.2, ports: {tcp: ${two}}, labels: {version: v2}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: socket}
spec:
  hosts: [socket.internal]
  addresses: [${box.address}]
  ports: [{number: 9000, name: tcp, protocol: TCP}]
  resolution: STATIC
  endpoints: [{address: "unix://${socketPath()}"}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: by-name}
spec:
  hosts: [named.internal]
  ports: [{number: 9000, name: tcp, protocol: TCP, targetPort: ${four}}]
  resolution: DNS
  endpoints: [{address: localhost}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: servers}
spec: {host: servers.internal, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: servers}
spec:
  hosts: ["*"]
  gateways: [servers]
  tcp:
  - route:
    - {destination: {host: servers.internal, subset: v1}, weight: 40}
    - {destination: {host: servers.internal, subset: v2}, weight: 30}
    - {destination: {host: socket.internal}, weight: 20}
    - {destination: {host: named.internal}, weight: 10}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: in-the-mesh}
spec: {hosts: [servers.internal], tcp: [{route: [{destination: {host: servers.internal, subset: v2}}]}]}
`

  test('share connections by weight, whatever their address', async () => {
    const {code, stdout} = await box.sh('tshift probe -n 400 --expect one=40,two=30,three=20,four=10 -o json')
    const report = JSON.parse(stdout) as {n: number; subsets: {name: string; count: number}[]}
    expect({code, n: report.n, names: report.subsets.map(({name}) => name)}).toEqual({code: 0, n: 400, names: ['one', 'two', 'three', 'four']})
  })

  test('are reached by clients in the mesh at the address an entry names, or was allotted', async () => {
    const eventually = (line: string, answer: string) => box.ok(`for i in {1..100}; do ${line} | grep -q '${answer}' && exit 0; sleep 0.05; done; exit 1`)
    await eventually('tshift probe $BIND:9000 -n 1 -m hi -q', 'three hi')
    await box.ok(`tshift wait se/servers --for=jsonpath='{.status.addresses[0].value}'`)
    const allotted = await box.ok(`tshift get se servers -o jsonpath='{.status.addresses[0].value}'`)
    expect(allotted).toMatch(/^127\./)
    await eventually(`tshift probe ${allotted}:9000 -n 1 -m hi -q`, 'two hi')
    expect(await box.ok('tshift trace servers.internal:9000')).toContain(`bound at ${allotted}:9000\nserver    ServiceEntry default/servers port 9000, for clients in the mesh`)
    expect((await box.sh('tshift analyze')).stdout).not.toContain('IST0134')
  })
})
