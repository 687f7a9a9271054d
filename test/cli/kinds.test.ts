import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const FILE = `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: Gateway
metadata: {name: g}
spec: {gatewayClassName: istio, listeners: [{name: tcp, protocol: TCP, port: 31400}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: i}
spec: {selector: {istio: ingressgateway}, servers: [{hosts: ['*'], port: {number: 31400, name: tcp, protocol: TCP}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {ingressClassName: nginx, rules: [{host: a.example.com}]}
---
apiVersion: example.com/v1
kind: Unknown
metadata: {name: u}
`

describe('kinds on the command line', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
  })
  afterAll(() => box.close())

  test('known ones are applied, foreign ones with a warning, unknown ones refused', async () => {
    const {code, stdout, stderr} = await box.sh('tshift apply -f -', {input: FILE})
    expect({code, stdout: stdout.split('\n'), stderr: stderr.trim().split('\n')}).toEqual({
      code: 1,
      stdout: ['gateway.gateway.networking.k8s.io/g created', 'gateway.networking.istio.io/i created', 'ingress.networking.k8s.io/web created', ''],
      stderr: [
        'Warning: networking.k8s.io/v1 Ingress has no effect here, it is only stored',
        'error: resource mapping not found for name: "u" namespace: "" from "STDIN": no matches for kind "Unknown" in version "example.com/v1"',
        'ensure CRDs are installed first',
      ],
    })
  })

  test('each is found by the names kubectl knows it by', async () => {
    const names = await box.ok('for type in gateway gw gateways.networking.istio.io ing crd/gateways.gateway.networking.k8s.io; do tshift get $type -o name; done')
    expect(names.trim().split('\n')).toEqual([
      'gateway.gateway.networking.k8s.io/g',
      'gateway.networking.istio.io/i',
      'gateway.networking.istio.io/i',
      'ingress.networking.k8s.io/web',
      'customresourcedefinition.apiextensions.k8s.io/gateways.gateway.networking.k8s.io',
    ])
    expect((await box.sh('tshift get unknown')).stderr).toBe('error: the server doesn\'t have a resource type "unknown"\n')
  })
})
