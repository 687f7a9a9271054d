import {chmod, mkdir, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {configMapType, type ConfigMap} from '../../api/kinds/config-map.js'
import {persistentVolumeClaimType} from '../../api/kinds/persistent-volume-claim.js'
import type {Pod} from '../../api/kinds/pod.js'
import type {Container, KeyToPath, Volume} from '../../api/kinds/pod-spec.js'
import {secretType, type Secret} from '../../api/kinds/secret.js'
import type {Resources} from '../../resources/resources.js'
import {ContainerError} from '../../workload/runtimes/container-error.js'
import type {Mount} from '../../workload/runtimes/runtime.js'
import {claimDirectory} from './claim-directories.js'

export interface PodVolumesOptions {
  readonly pod: Pod
  readonly resources: Resources
  /** Where the volumes are laid out, a directory each. */
  readonly directory: string
  /** Where the volumes of PersistentVolumeClaims lie: they outlive the pod. */
  readonly claims: string
  /** Paths of this machine that a manifest names are the user's to allow. */
  readonly allowHostPaths: boolean
}

/**
 * What the kubelet gives, whatever our umask: a container may run as another user than ours. On this machine the directory around the volumes, which
 * is for its owner only, keeps others out.
 */
const READABLE_DIRECTORY = 0o755
const WRITABLE_DIRECTORY = 0o777
const READABLE_FILE = 0o644

/**
 * The volumes of a pod as directories of this machine: `emptyDir` an empty one, `configMap` and `secret` a file for each entry as it is when the pod
 * starts, `persistentVolumeClaim` the claim's own, `hostPath` the path itself. Programs of this machine have no mount namespace: they find the directory in TSHIFT_VOLUME_<NAME>. Other
 * kinds of volumes are stored and have no files.
 */
export class PodVolumes {
  readonly #options: PodVolumesOptions
  readonly #laidOut = new Map<string, Promise<string | undefined>>()

  constructor(options: PodVolumesOptions) {
    this.#options = options
  }

  /** What a container sees of them. Throws a ContainerError where an entry it needs is missing. */
  async mountsOf({volumeMounts = []}: Container): Promise<readonly (Mount & {readonly volume: string})[]> {
    const mounts: (Mount & {readonly volume: string})[] = []
    for (const {name, mountPath, readOnly = false, subPath = ''} of volumeMounts) {
      const directory = await this.#layOut(name)
      if (directory !== undefined) mounts.push({volume: name, source: inside(directory, subPath, name), mountPath, readOnly})
    }
    return mounts
  }

  #layOut(name: string): Promise<string | undefined> {
    const laidOut = this.#laidOut.get(name) ?? this.#write(name)
    this.#laidOut.set(name, laidOut)
    laidOut.catch(() => this.#laidOut.delete(name)) // looked for again at the next try
    return laidOut
  }

  async #write(name: string): Promise<string | undefined> {
    const {pod, directory, allowHostPaths} = this.#options
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === name)
    if (volume?.hostPath !== undefined) {
      if (allowHostPaths) return volume.hostPath.path
      throw failed(name, `hostPath ${volume.hostPath.path} is a path of this machine: start the gateway with --allow-host-commands`)
    }
    if (volume?.persistentVolumeClaim !== undefined) return this.#claimed(name, volume.persistentVolumeClaim.claimName)
    const files = volume === undefined ? undefined : await this.#filesOf(volume)
    if (files === undefined) return undefined
    const own = path.join(directory, name)
    await mkdir(directory, {recursive: true, mode: 0o700})
    await mkdir(own, {recursive: true})
    await chmod(own, volume?.emptyDir === undefined ? READABLE_DIRECTORY : WRITABLE_DIRECTORY)
    for (const [file, content] of files) await writeOwn(inside(own, file, name), content)
    return own
  }

  async #claimed(volume: string, claimName: string): Promise<string> {
    const {pod, resources, claims} = this.#options
    const claim = await resources.find(persistentVolumeClaimType, pod.metadata.namespace ?? 'default', claimName)
    if (claim === undefined) throw failed(volume, `persistentvolumeclaim "${claimName}" not found`)
    const own = path.join(claims, claimDirectory(claim))
    await mkdir(claims, {recursive: true, mode: 0o700})
    await mkdir(own, {recursive: true})
    await chmod(own, WRITABLE_DIRECTORY)
    return own
  }

  /** Undefined for kinds of volumes that have no files here. */
  async #filesOf({name, emptyDir, configMap, secret}: Volume): Promise<ReadonlyMap<string, Content> | undefined> {
    const {resources, pod} = this.#options
    const namespace = pod.metadata.namespace ?? 'default'
    if (emptyDir !== undefined) return new Map()
    if (configMap !== undefined) {
      const found = await resources.find<ConfigMap>(configMapType, namespace, configMap.name ?? '')
      if (found === undefined && configMap.optional !== true) throw failed(name, `configmap "${configMap.name}" not found`)
      return project({...configMap, entries: {...encoded(found?.data), ...found?.binaryData}}, name)
    }
    if (secret === undefined) return undefined
    const found = await resources.find<Secret>(secretType, namespace, secret.secretName ?? '')
    if (found === undefined && secret.optional !== true) throw failed(name, `secret "${secret.secretName}" not found`)
    return project({...secret, entries: found?.data ?? {}}, name)
  }
}

interface Projection {
  /** Values in base64. */
  readonly entries: Readonly<Record<string, string>>
  readonly items?: readonly KeyToPath[]
  readonly optional?: boolean
  readonly defaultMode?: number
}

interface Content {
  readonly bytes: Buffer
  readonly mode: number
}

/** All entries by their keys, or the chosen ones by their paths. */
function project({entries, items, optional, defaultMode = READABLE_FILE}: Projection, volume: string): ReadonlyMap<string, Content> {
  const chosen: readonly KeyToPath[] = items ?? Object.keys(entries).map((key) => ({key, path: key}))
  const files = chosen.flatMap(({key, path: file, mode = defaultMode}): (readonly [string, Content])[] => {
    const value = entries[key]
    if (value === undefined && optional !== true) throw failed(volume, `references non-existent config key: ${key}`)
    return value === undefined ? [] : [[file, {bytes: Buffer.from(value, 'base64'), mode}]]
  })
  return new Map(files)
}

function encoded(data: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
}

/** No path of a manifest leads out of its volume. */
function inside(directory: string, file: string, volume: string): string {
  const whole = path.resolve(directory, file)
  if (whole === directory || whole.startsWith(directory + path.sep)) return whole
  throw failed(volume, `path ${file} leads out of the volume`)
}

async function writeOwn(file: string, {bytes, mode}: Content): Promise<void> {
  await mkdir(path.dirname(file), {recursive: true, mode: READABLE_DIRECTORY})
  await rm(file, {force: true}) // of a gateway that was killed: not even its owner may write where the mode is 0400
  await writeFile(file, bytes, {mode: 0o600})
  await chmod(file, mode)
}

function failed(volume: string, why: string): ContainerError {
  return new ContainerError('FailedMount', `MountVolume.SetUp failed for volume "${volume}" : ${why}`)
}
