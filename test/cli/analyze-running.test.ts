import {once} from 'node:events'
import {copyFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type AddressInfo} from 'node:net'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {podsReady} from '../help/pods-ready.js'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const pem = (name: string) => path.join(import.meta.dirname, `../probe/tls/${name}.pem`)

/** What analysis learns of the gateway process that runs, and of nothing else. */
describe('analyze beside a running gateway', () => {
  let box: Sandbox
  let port: number
  const analyze = () => box.sh('tshift analyze')
  const until = (pattern: string) => box.ok(`for i in {1..100}; do tshift analyze 2>/dev/null | grep -qE '${pattern}' && exit 0; sleep 0.05; done; tshift analyze; exit 1`)

  beforeAll(async () => {
    box = createSandbox()
    port = await freePort()
    const server = path.join(box.directory, 'server.cjs')
    writeFileSync(server, "require('node:net').createServer((socket) => socket.end('own')).listen(Number(process.argv[2]), '127.0.0.1')\n")
    for (const name of ['certificate', 'key']) copyFileSync(pem(name), path.join(box.directory, `${name}.pem`))
    await box.ok('tshift gateway start --bind $BIND --allow-host-commands')
    await box.ok('tshift apply -f -', {input: manifest(box.directory, port, `${process.execPath} ${server} ${port}`)})
    await podsReady(box, '-l app=echo', 1)
  })
  afterAll(() => box.close())

  test.runIf(process.platform === 'linux')('a server on localhost, which nobody else can reach, is named by its pod', async () => {
    await until('IST0143')
    expect((await analyze()).stdout).toMatch(
      new RegExp(`Error \\[IST0143\\] \\(Pod default/own-\\S+\\) Port ${port} is exposed in a Service but listens on localhost\\. It will not be exposed to other pods\\.`),
    )
  })

  test('of a certificate that is gone both is said: what is served now, and what will be after a restart', async () => {
    const [file, aside] = [path.join(box.directory, 'certificate.pem'), path.join(box.directory, 'aside.pem')]
    expect((await analyze()).stdout).not.toContain('TSHIFT0120')
    renameSync(file, aside)
    await until('the running gateway serves')
    expect((await analyze()).stdout).toContain(
      `server tls (port 8443) ends TLS and the running gateway serves the last good certificate, but after a restart no handshake succeeds: file ${file}: it does not exist`,
    )
    await box.ok('for i in {1..100}; do tshift probe $BIND:8443 --tls --insecure --sni a.example -n 1 -m hi -q | grep -q "hello hi" && exit 0; sleep 0.05; done; exit 1')
    await box.ok('tshift gateway stop')
    expect((await analyze()).stdout).toContain(`server tls (port 8443) ends TLS and no handshake succeeds: file ${file}: it does not exist`)
    rmSync(aside)
  })
})

/** Localhost is everybody's: a port that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const {port} = server.address() as AddressInfo
  server.close()
  return port
}

const manifest = (directory: string, port: number, command: string) => `apiVersion: v1
kind: Service
metadata: {name: own}
spec: {selector: {app: own}, ports: [{name: tcp, port: 80, targetPort: ${port}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: own}
spec:
  selector: {matchLabels: {app: own}}
  template:
    metadata: {labels: {app: own}, annotations: {tshift.dev/command: ${command}}}
    spec: {containers: [{name: own, image: own, ports: [{containerPort: ${port}}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: echo}
spec: {selector: {app: echo}, ports: [{name: tcp, port: 9000}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: echo}
spec:
  selector: {matchLabels: {app: echo}}
  template:
    metadata: {labels: {app: echo}}
    spec: {containers: [{name: echo, image: tcp-echo-server, args: ["9000", hello]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 8443, name: tls, protocol: TLS}
    hosts: ['*']
    tls: {mode: SIMPLE, serverCertificate: ${directory}/certificate.pem, privateKey: ${directory}/key.pem}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: gw}
spec: {hosts: ['*'], gateways: [gw], tcp: [{route: [{destination: {host: echo}}]}]}
`
