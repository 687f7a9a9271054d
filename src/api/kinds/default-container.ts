import {fill, mapField} from './fill.js'
import type {Container, EnvVar, Handler, Probe} from './pod-spec.js'

/** A container with what the API server adds (kubernetes `SetDefaults_Container`, `SetDefaults_Probe`). */
export function defaultContainer(container: Container): Container {
  const probed = (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).reduce((one, key) => mapField(one, key, defaultProbe), container)
  const withLifecycle = mapField(probed, 'lifecycle', (lifecycle) => mapField(mapField(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler))
  const withEnv = mapField(withLifecycle, 'env', (env) => env.map(defaultVariable))
  const withPorts = mapField(withEnv, 'ports', (ports) => ports.map((port) => fill(port, {protocol: 'TCP'})))
  return fill(withPorts, {
    imagePullPolicy: pullPolicyOf(container.image ?? ''),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  })
}

/** Images that move (`:latest`, or no tag and no digest) are pulled each time. */
function pullPolicyOf(image: string): string {
  if (image.includes('@')) return 'IfNotPresent'
  const [, tag = 'latest'] = image.slice(image.lastIndexOf('/') + 1).split(':')
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

/** Zero is "not set" for these numbers: the Go fields are no pointers. */
function defaultProbe(probe: Probe): Probe {
  const {timeoutSeconds, periodSeconds, successThreshold, failureThreshold} = probe
  return {
    ...defaultHandler(probe),
    timeoutSeconds: timeoutSeconds || 1,
    periodSeconds: periodSeconds || 10,
    successThreshold: successThreshold || 1,
    failureThreshold: failureThreshold || 3,
  }
}

function defaultHandler<T extends Handler>(handler: T): T {
  const withHttp = mapField(handler, 'httpGet', (http) => fill(http, {path: '/', scheme: 'HTTP'}))
  return mapField(withHttp, 'grpc', (grpc) => fill(grpc, {service: ''}))
}

function defaultVariable(variable: EnvVar): EnvVar {
  return mapField(variable, 'valueFrom', (source) => mapField(source, 'fieldRef', (ref) => fill(ref, {apiVersion: 'v1'})))
}
