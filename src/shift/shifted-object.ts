/** The object whose weights are shifted: a VirtualService, or a TCPRoute of the Gateway API. */
export interface ShiftedObject {
  /** Its name, whatever its kind. */
  readonly virtualService: string
  /** Absent is VirtualService. */
  readonly kind?: 'TCPRoute'
}

/** `virtual service "tcp-echo"`, as messages call it. */
export function spokenName({kind, virtualService}: ShiftedObject): string {
  return `${kind ?? 'virtual service'} "${virtualService}"`
}

/** As it is typed on the command line: a VirtualService needs no kind. */
export function typedName({kind, virtualService}: ShiftedObject): string {
  return kind === undefined ? virtualService : `tcproute/${virtualService}`
}

/** As it is typed after a verb of `tshift shift`: with its namespace where that is not `default`. */
export function typedPlace(object: ShiftedObject & {readonly namespace: string}): string {
  return object.namespace === 'default' ? typedName(object) : `${typedName(object)} -n ${object.namespace}`
}

/** `VirtualService default/tcp-echo`, as findings name objects. */
export function titleOfShifted({kind, virtualService, namespace}: ShiftedObject & {readonly namespace: string}): string {
  return `${kind ?? 'VirtualService'} ${namespace}/${virtualService}`
}
