import type {Fields} from './fields.js'
import {canonicalQuantity} from './quantity.js'

/** One source of a volume: what it is, and the fields shown of it. */
type Row = readonly [title: string, value: (source: Fields) => string]
type Source = readonly [field: string, kind: string, rows: readonly Row[]]

const text = (field: string) => (source: Fields) => source.text(field)
const flag = (field: string) => (source: Fields) => String(source.flag(field))
const or = (field: string, missing: string) => (source: Fields) => source.text(field) || missing

/** In the order kubectl looks for them. Source: kubectl `describeVolumes`. */
const SOURCES: readonly Source[] = [
  ['hostPath', 'HostPath (bare host directory volume)', [['Path', text('path')], ['HostPathType', or('type', '')]]],
  [
    'emptyDir',
    "EmptyDir (a temporary directory that shares a pod's lifetime)",
    [['Medium', text('medium')], ['SizeLimit', (source) => sizeLimit(source.text('sizeLimit'))]],
  ],
  ['secret', 'Secret (a volume populated by a Secret)', [['SecretName', text('secretName')], ['Optional', flag('optional')]]],
  ['configMap', 'ConfigMap (a volume populated by a ConfigMap)', [['Name', text('name')], ['Optional', flag('optional')]]],
  ['nfs', 'NFS (an NFS mount that lasts the lifetime of a pod)', [['Server', text('server')], ['Path', text('path')], ['ReadOnly', flag('readOnly')]]],
  [
    'persistentVolumeClaim',
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    [['ClaimName', text('claimName')], ['ReadOnly', flag('readOnly')]],
  ],
  [
    'csi',
    'CSI (a Container Storage Interface (CSI) volume source)',
    [['Driver', text('driver')], ['FSType', text('fsType')], ['ReadOnly', flag('readOnly')]],
  ],
  ['image', 'Image (a container image or OCI artifact)', [['Reference', text('reference')], ['PullPolicy', text('pullPolicy')]]],
]

/** `indent` as in a pod's template, one step further in. */
export function volumeLines(volumes: readonly Fields[], indent: '' | '  '): readonly string[] {
  if (volumes.length === 0) return [`${indent}Volumes:\t<none>`]
  const nameIndent = indent === '' ? '  ' : '   '
  return [`${indent}Volumes:`, ...volumes.flatMap((volume) => [`${nameIndent}${volume.text('name')}:`, ...sourceLines(volume)])]
}

function sourceLines(volume: Fields): readonly string[] {
  if (volume.has('projected')) return projectedLines(volume.items('projected.sources'))
  if (volume.has('downwardAPI')) return downwardLines(volume.items('downwardAPI.items'))
  const found = SOURCES.find(([field]) => volume.has(field))
  if (found === undefined) return ['  <unknown>']
  const [field, kind, rows] = found
  const source = volume.at(field)
  const lines = rows.map(([title, value]) => `${title}:\t${value(source)}`)
  return [`Type:\t${kind}`, ...lines, ...(field === 'csi' ? attributeLines(source) : [])].map((line) => `    ${line}`)
}

function sizeLimit(written: string): string {
  const size = canonicalQuantity(written)
  return size === '' || size === '0' ? '<unset>' : size
}

/** Every line after the first is pushed in twice by kubectl. */
function attributeLines(source: Fields): readonly string[] {
  const pairs = source.pairs('volumeAttributes')
  if (pairs.length === 0) return ['VolumeAttributes:\t<none>']
  return pairs.map(([key, value], index) => `${index === 0 ? 'VolumeAttributes:\t    ' : '        \t    '}${key}=${value}`)
}

function projectedLines(sources: readonly Fields[]): readonly string[] {
  const lines = sources.flatMap((source) => {
    if (source.has('secret')) return [`SecretName:\t${source.text('secret.name')}`, `Optional:\t${source.flag('secret.optional')}`]
    if (source.has('downwardAPI')) return ['DownwardAPI:\ttrue']
    if (source.has('configMap')) return [`ConfigMapName:\t${source.text('configMap.name')}`, `Optional:\t${source.flag('configMap.optional')}`]
    return source.has('serviceAccountToken') ? [`TokenExpirationSeconds:\t${source.number('serviceAccountToken.expirationSeconds')}`] : []
  })
  return ['Type:\tProjected (a volume that contains injected data from multiple sources)', ...lines].map((line) => `    ${line}`)
}

function downwardLines(items: readonly Fields[]): readonly string[] {
  const lines = items.flatMap((item) => [
    ...(item.has('fieldRef') ? [`      ${item.text('fieldRef.fieldPath')} -> ${item.text('path')}`] : []),
    ...(item.has('resourceFieldRef') ? [`      ${item.text('resourceFieldRef.resource')} -> ${item.text('path')}`] : []),
  ])
  return ['    Type:\tDownwardAPI (a volume populated by information about the pod)', '    Items:', ...lines]
}
