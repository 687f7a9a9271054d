import type {FieldError} from '../../api/field-error.js'
import {parseProtocol} from '../../api/kinds/istio/protocol.js'
import type {ManifestDocument} from '../../api/manifest/manifest.js'
import {isJsonObject, type Json, type JsonObject, type KubeObject} from '../../api/object.js'
import {findByKind} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'
import {customErrors} from '../../api/schema/custom-errors.js'
import {prune} from '../../api/schema/prune.js'

/** What istioctl validate says of one document. Notes are no faults. */
export interface DocumentVerdict {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
}

const FINE: DocumentVerdict = {errors: [], warnings: [], notes: []}
const OPS = 'https://istio.io/v1.32/docs/ops'
const REQUIREMENTS = `${OPS}/deployment/requirements/`
const PROTOCOL_SELECTION = `${OPS}/configuration/traffic-management/protocol-selection/`
const FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status'])
const SERVICE_LABELS = ['app', 'service.istio.io/canonical-name', 'app.kubernetes.io/name']
const VERSION_LABELS = ['version', 'service.istio.io/canonical-revision', 'app.kubernetes.io/version']

/**
 * Istio's kinds by istiod's rules, port names of Services, labels of Deployments; everything else passes (istioctl validate.go). Texts begin
 * with `Kind/namespace/name: `, as the file has them.
 */
export function validateDocument({object}: ManifestDocument): DocumentVerdict {
  const written = object as KubeObject
  const {name = '', namespace = ''} = (written.metadata ?? {}) as Partial<KubeObject['metadata']>
  const verdict = check(written)
  const prefix = (text: string) => `${written.kind}/${namespace}/${name}: ${text}`
  return {...verdict, errors: verdict.errors.map(prefix), warnings: verdict.warnings.map(prefix)}
}

function check(written: KubeObject): DocumentVerdict {
  const slash = written.apiVersion.indexOf('/')
  const type = findByKind(written.apiVersion.slice(0, Math.max(slash, 0)), written.apiVersion.slice(slash + 1), written.kind)
  if (type?.admit !== undefined) return checkIstios(type, written)
  const isSystem = written.metadata?.namespace === 'istio-system'
  if (isSystem) return FINE
  if (written.kind === 'Service') return {...FINE, errors: checkService(written)}
  return written.kind === 'Deployment' ? {...FINE, notes: checkDeployment(written)} : FINE
}

function checkIstios(type: ResourceType, written: KubeObject): DocumentVerdict {
  const {value, unknown} = prune(type.schema, written as unknown as JsonObject)
  const object = {...value, metadata: value['metadata'] ?? {}} as unknown as KubeObject
  const undecodable = [...unknown.filter((path) => path.startsWith('spec.')).map(unknownField(type)), ...wrongTypes(type, value)]
  if (undecodable.length > 0) return {...FINE, errors: [`cannot parse proto message: ${undecodable[0]}`]}
  const strangers = Object.keys(written).filter((key) => !FIELDS.has(key))
  if (strangers.length > 0) return {...FINE, errors: strangers.map((key) => `unknown field ${JSON.stringify(key)}`)}
  const placed = {...object, metadata: {...object.metadata, namespace: object.metadata.namespace ?? 'default'}}
  const {errors = [], warnings = []} = type.admit?.(type.defaults(placed)) ?? FINE
  return {errors, warnings, notes: []}
}

/** Protobuf's decoder names the message; ours knows the name of the outermost one only. */
function unknownField({kind}: ResourceType): (path: string) => string {
  return (path) => {
    const [, parent = '', name = ''] = /^(.*)\.([^.]+)$/.exec(path) ?? []
    return `unknown field ${JSON.stringify(name)} in ${parent === 'spec' ? `v1alpha3.${kind}` : parent}`
  }
}

/** A protobuf has no required fields: only types and words of enumerations keep it from being read. */
function wrongTypes(type: ResourceType, value: JsonObject): readonly string[] {
  const isDecoding = ({field, reason}: FieldError) => field.startsWith('spec') && (reason === 'FieldValueTypeInvalid' || reason === 'FieldValueNotSupported')
  return customErrors(type.schema, value)
    .filter(isDecoding)
    .map(({field, message}) => `${field}: ${message}`)
}

function checkService({metadata, ...rest}: KubeObject): readonly string[] {
  const title = JSON.stringify(`${metadata?.name ?? ''}/${metadata?.namespace ?? ''}/:`)
  const {spec} = rest as {readonly spec?: Json}
  const ports = isJsonObject(spec) && Array.isArray(spec['ports']) ? (spec['ports'] as readonly Json[]) : []
  return ports.filter(isJsonObject).flatMap((port) => checkPort(port, title))
}

function checkPort({protocol, name, appProtocol}: JsonObject, title: string): readonly string[] {
  if (typeof protocol === 'string' && protocol.toUpperCase() === 'UDP') return []
  if (typeof appProtocol === 'string') {
    const isKnown = parseProtocol(appProtocol) !== 'unsupported'
    return isKnown ? [] : [`service ${title} doesn't follow Istio protocol selection. This is not recommended, See ${PROTOCOL_SELECTION}`]
  }
  if (typeof name !== 'string') return [`service ${title} has an unnamed port. This is not recommended, See ${REQUIREMENTS}`]
  if (parseProtocol(name.split('-')[0] ?? '') !== 'unsupported') return []
  return [`service ${title} port ${JSON.stringify(name)} does not follow the Istio naming convention. See ${REQUIREMENTS}`]
}

interface Template {
  readonly spec?: {readonly template?: {readonly metadata?: {readonly labels?: Readonly<Record<string, string>> | null} | null} | null}
}

function checkDeployment(deployment: KubeObject & Template): readonly string[] {
  const {name = '', namespace = ''} = (deployment.metadata ?? {}) as Partial<KubeObject['metadata']>
  const labels = deployment.spec?.template?.metadata?.labels ?? {}
  const isNamed = [SERVICE_LABELS, VERSION_LABELS].every((keys) => keys.some((key) => (labels[key] ?? '') !== ''))
  if (isNamed) return []
  return [`deployment ${JSON.stringify(`${name}/${namespace}:`)} may not provide Istio metrics and telemetry labels: ${formatMap(labels)}. See ${REQUIREMENTS}`]
}

/** Go's %q of a map: keys in order. */
function formatMap(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(labels[key])}`)
  return `map[${pairs.join(' ')}]`
}
