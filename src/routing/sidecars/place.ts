import type {Service} from '../objects/service.js'
import type {ServiceEntry} from '../objects/service-entry.js'
import type {ServicePlace} from './sidecar-chains.js'

/** A port of a Service, or of a ServiceEntry with an address, with all that is written for it. */
export interface Place extends ServicePlace {
  readonly service: Service | ServiceEntry
  /** In `spec.ports`. */
  readonly index: number
}
