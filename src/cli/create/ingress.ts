import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

export interface IngressOptions {
  readonly rules: readonly string[]
  readonly className?: string | undefined
  readonly defaultBackend?: string | undefined
  readonly annotations: readonly string[]
}

interface Rule {
  readonly host: string
  readonly path: string
  readonly service: string
  readonly port: string
  /** undefined: no TLS; '': without a secret. */
  readonly secret?: string
}

const RULE = /^([\w*.-]*)(\/[^=]*)=([\w-]+):([\w-]+)(?:,(tls)(?:=([\w-]*))?)?$/

/** An Ingress of `--rule`s. Throws a UserError for rules that cannot be read. Source: kubectl `create_ingress.go`. */
export function ingressOf(metadata: ObjectMeta, options: IngressOptions): KubeObject {
  const {className, defaultBackend} = options
  if (options.rules.length === 0 && (defaultBackend ?? '') === '') {
    throw new UserError(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    )
  }
  const rules = options.rules.map(parseRule)
  const annotations = Object.fromEntries(options.annotations.map(parseAnnotation))
  const tls = tlsOf(rules)
  const spec = {
    ...((className ?? '') === '' ? {} : {ingressClassName: className}),
    ...((defaultBackend ?? '') === '' ? {} : {defaultBackend: parseBackend(defaultBackend ?? '')}),
    ...(tls.length === 0 ? {} : {tls}),
    ...(rules.length === 0 ? {} : {rules: byHost(rules)}),
  }
  const annotated = options.annotations.length === 0 ? metadata : {...metadata, annotations}
  return {kind: 'Ingress', apiVersion: 'networking.k8s.io/v1', metadata: annotated, ...{spec, status: {loadBalancer: {}}}}
}

function parseRule(text: string): Rule {
  const [, host, path, service, port, tls, secret] = RULE.exec(text) ?? []
  if (host === undefined || path === undefined || service === undefined || port === undefined) {
    throw new UserError(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`)
  }
  return {host, path, service, port, ...(tls === undefined ? {} : {secret: secret ?? ''})}
}

function parseAnnotation(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UserError(`annotation ${text} is invalid and should be in format key=[value]`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function parseBackend(text: string): object {
  const [service = '', port, ...rest] = text.split(':')
  if (service === '' || port === undefined || port === '' || rest.length > 0) throw new UserError('default-backend should be in format servicename:serviceport')
  return backend(service, port)
}

function backend(name: string, port: string): object {
  const isNumber = /^\d+$/.test(port)
  return {service: {name, port: !isNumber ? {name: port} : Number(port) === 0 ? {} : {number: Number(port)}}}
}

function byHost(rules: readonly Rule[]): readonly object[] {
  const hosts = [...new Set(rules.map(({host}) => host))]
  return hosts.map((host) => ({...(host === '' ? {} : {host}), http: {paths: rules.filter((rule) => rule.host === host).map(pathOf)}}))
}

/** A path that ends in `*` is a prefix. */
function pathOf({path, service, port}: Rule): object {
  const isPrefix = path.endsWith('*')
  return {path: isPrefix ? path.slice(0, -1) : path, pathType: isPrefix ? 'Prefix' : 'Exact', backend: backend(service, port)}
}

/** A host belongs to the first secret it is named with. */
function tlsOf(rules: readonly Rule[]): readonly object[] {
  const hostsBySecret = new Map<string, string[]>()
  const seen = new Set<string>()
  for (const {host, secret} of rules) {
    if (secret === undefined || seen.has(host)) continue
    seen.add(host)
    const hosts = hostsBySecret.get(secret) ?? []
    hostsBySecret.set(secret, host === '' ? hosts : [...hosts, host])
  }
  return [...hostsBySecret]
    .filter(([secret, hosts]) => secret !== '' || hosts.length > 0)
    .map(([secretName, hosts]) => ({...(hosts.length === 0 ? {} : {hosts}), ...(secretName === '' ? {} : {secretName})}))
}
