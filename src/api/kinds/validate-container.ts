import {duplicate, invalid, notSupported, required, type FieldError} from '../field-error.js'
import {dns1123Label, portName, portNumber, variableName} from '../names.js'
import {broken} from './object-meta.js'
import type {Container, ContainerPort, EnvVar} from './pod-spec.js'

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['FallbackToLogsOnError', 'File']
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** What is wrong with the containers of a pod (kubernetes `validateContainers`); init containers share the names. */
export function validateContainers(containers: readonly Container[], field: string, taken: ReadonlySet<string> = new Set()): readonly FieldError[] {
  const names = new Set(taken)
  return containers.flatMap((container, index) => {
    const at = `${field}[${index}]`
    const isDuplicate = names.has(container.name)
    names.add(container.name)
    return [...validateContainer(container, at), ...(isDuplicate ? [duplicate(`${at}.name`, container.name)] : [])]
  })
}

function validateContainer(container: Container, at: string): readonly FieldError[] {
  const {name = '', image = '', imagePullPolicy = '', terminationMessagePolicy = 'File', ports = [], env = []} = container
  return [
    ...(name === '' ? [required(`${at}.name`)] : broken(`${at}.name`, name, dns1123Label)),
    ...(image === ''
      ? [required(`${at}.image`)]
      : image !== image.trim()
        ? [invalid(`${at}.image`, image, 'must not have leading or trailing whitespace')]
        : []),
    ...(MESSAGE_POLICIES.includes(terminationMessagePolicy)
      ? []
      : [notSupported(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES)]),
    ...validatePorts(ports, `${at}.ports`),
    ...env.flatMap((variable, index) => validateVariable(variable, `${at}.env[${index}]`)),
    ...validatePullPolicy(imagePullPolicy, `${at}.imagePullPolicy`),
  ]
}

function validatePullPolicy(policy: string, field: string): readonly FieldError[] {
  if (policy === '') return [required(field)]
  return PULL_POLICIES.includes(policy) ? [] : [notSupported(field, policy, PULL_POLICIES)]
}

function validatePorts(ports: readonly ContainerPort[], field: string): readonly FieldError[] {
  const names = new Set<string>()
  return ports.flatMap((port, index) => {
    const {name = '', containerPort = 0, hostPort = 0, protocol = ''} = port
    const at = `${field}[${index}]`
    const nameErrors = name === '' ? [] : names.has(name) ? [duplicate(`${at}.name`, name)] : broken(`${at}.name`, name, portName)
    names.add(name)
    return [
      ...nameErrors,
      ...(containerPort === 0 ? [required(`${at}.containerPort`)] : outOfRange(`${at}.containerPort`, containerPort)),
      ...(hostPort === 0 ? [] : outOfRange(`${at}.hostPort`, hostPort)),
      ...validateProtocol(protocol, `${at}.protocol`),
    ]
  })
}

export function outOfRange(field: string, port: number): readonly FieldError[] {
  return portNumber(port).map((text) => invalid(field, port, text))
}

export function validateProtocol(protocol: string, field: string): readonly FieldError[] {
  if (protocol === '') return [required(field)]
  return PROTOCOLS.includes(protocol) ? [] : [notSupported(field, protocol, PROTOCOLS)]
}

function validateVariable({name = '', value = '', valueFrom}: EnvVar, at: string): readonly FieldError[] {
  return [
    ...(name === '' ? [required(`${at}.name`)] : broken(`${at}.name`, name, variableName)),
    ...(valueFrom === undefined || value === '' ? [] : [invalid(`${at}.valueFrom`, '', 'may not be specified when `value` is not empty')]),
  ]
}
