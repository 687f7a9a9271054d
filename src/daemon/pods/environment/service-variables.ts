import type {Service} from '../../../api/kinds/service.js'

/**
 * The variables that tell a container where the Services are: `TCP_ECHO_SERVICE_HOST`, `TCP_ECHO_SERVICE_PORT`, one for each named port, and those
 * of Docker's links. Services without an address of their own have none. Source: kubernetes `pkg/kubelet/envvars`.
 */
export function serviceVariables(services: readonly Service[]): Readonly<Record<string, string>> {
  return Object.fromEntries(services.flatMap(variablesOf))
}

function variablesOf({metadata, spec}: Service): readonly (readonly [string, string])[] {
  const address = spec?.clusterIP ?? ''
  const ports = spec?.ports ?? []
  const [first] = ports
  if (address === '' || address === 'None' || first === undefined) return []
  const prefix = variableName(metadata.name)
  return [
    [`${prefix}_SERVICE_HOST`, address],
    [`${prefix}_SERVICE_PORT`, String(first.port)],
    ...ports.flatMap(({name = '', port}) => (name === '' ? [] : [[`${prefix}_SERVICE_PORT_${variableName(name)}`, String(port)] as const])),
    [`${prefix}_PORT`, url(first, address)],
    ...ports.flatMap((port) => linkVariables(prefix, port, address)),
  ]
}

type Port = NonNullable<NonNullable<Service['spec']>['ports']>[number]

function linkVariables(prefix: string, port: Port, address: string): readonly (readonly [string, string])[] {
  const protocol = port.protocol ?? 'TCP'
  const name = `${prefix}_PORT_${port.port}_${protocol.toUpperCase()}`
  return [
    [name, url(port, address)],
    [`${name}_PROTO`, protocol.toLowerCase()],
    [`${name}_PORT`, String(port.port)],
    [`${name}_ADDR`, address],
  ]
}

function url({protocol = 'TCP', port}: Port, address: string): string {
  return `${protocol.toLowerCase()}://${address}:${port}`
}

function variableName(text: string): string {
  const name = text.replace(/[.-]/g, '_').toUpperCase()
  return /^\d/.test(name) ? `_${name}` : name
}
