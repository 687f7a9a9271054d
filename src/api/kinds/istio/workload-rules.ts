import {invalid, ruleBroken, type FieldError} from '../../field-error.js'
import type {Workload} from '../workload-entry.js'
import {UNIX} from './network.js'

const PORT_NAME = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/

/** What the CRDs refuse of a workload beyond the schema (istio api networking/v1alpha3/workload_entry.proto). */
export function validateWorkload(workload: Workload, field: string, {needsAddress}: {readonly needsAddress: boolean}): readonly FieldError[] {
  const {address, network, ports} = workload
  const hasPlace = address !== undefined || network !== undefined
  const isPortedSocket = address?.startsWith(UNIX) === true && ports !== undefined
  return [
    ...(needsAddress && !hasPlace ? [ruleBroken(field, 'Address is required')] : []),
    ...(isPortedSocket ? [ruleBroken(field, 'UDS may not include ports')] : []),
    ...(address?.startsWith(UNIX) === true ? validateSocket(address, `${field}.address`) : []),
    ...validatePorts(ports, `${field}.ports`),
  ]
}

function validateSocket(address: string, field: string): readonly FieldError[] {
  return [
    ...(['/', '@'].includes(address.charAt(UNIX.length)) ? [] : [invalid(field, address, 'UDS must be an absolute path or abstract socket')]),
    ...(address.endsWith('/') ? [invalid(field, address, 'UDS may not be a dir')] : []),
  ]
}

function validatePorts(ports: Readonly<Record<string, number>> = {}, field: string): readonly FieldError[] {
  const isNamed = Object.keys(ports).every((name) => name.length < 63 && PORT_NAME.test(name))
  return [
    ...(isNamed ? [] : [ruleBroken(field, 'port name must be valid')]),
    ...Object.entries(ports).flatMap(([name, port]) => validatePort(port, `${field}[${name}]`)),
  ]
}

export function validatePort(port: number | undefined, field: string): readonly FieldError[] {
  return port === undefined || (port > 0 && port <= 65_535) ? [] : [invalid(field, port, 'port must be between 1-65535')]
}
