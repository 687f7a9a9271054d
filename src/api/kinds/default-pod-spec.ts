import {defaultContainer} from './default-container.js'
import {fill, mapField} from './fill.js'
import type {PodSpec, PodTemplate, Volume} from './pod-spec.js'

const READABLE = {defaultMode: 0o644}

/** A pod spec with what the API server adds in pods and in templates alike (kubernetes `SetDefaults_PodSpec`, `SetDefaults_Volume`). */
export function defaultPodSpec(spec: Partial<PodSpec>): PodSpec {
  const withInit = mapField(spec, 'initContainers', (containers) => containers.map(defaultContainer))
  const withVolumes = mapField(withInit, 'volumes', (volumes) => volumes.map(defaultVolume))
  return fill(withAccount({...withVolumes, containers: (spec.containers ?? []).map(defaultContainer)}), {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  })
}

/** `serviceAccount` is the old name of `serviceAccountName`: the server keeps both. */
function withAccount(spec: PodSpec): PodSpec {
  const account = spec.serviceAccountName ?? spec.serviceAccount
  return account === undefined ? spec : {...spec, serviceAccount: account, serviceAccountName: account}
}

function defaultVolume(volume: Volume): Volume {
  if (Object.keys(volume).every((key) => key === 'name')) return {...volume, emptyDir: {}}
  const withPath = mapField(volume, 'hostPath', (path) => fill(path, {type: ''}))
  return (['configMap', 'secret', 'projected', 'downwardAPI'] as const).reduce((one, key) => mapField(one, key, (source) => fill(source, READABLE)), withPath)
}

/** The template of a Deployment or ReplicaSet; one without a spec is left for validation to refuse. */
export function defaultPodTemplate(template: PodTemplate): PodTemplate {
  return {...template, spec: defaultPodSpec(template.spec ?? {})}
}
