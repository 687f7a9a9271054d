import {serviceType, type Service} from '../../api/kinds/service.js'
import {isNotFound} from '../../api/status-error.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'

/** The ingress Service's address is the one the listeners are bound to, so that the tutorials' `INGRESS_HOST` is right. */
export async function announceAddress(resources: Resources, address: string): Promise<void> {
  const ip = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  const loadBalancer = {ingress: [{ip, ipMode: 'VIP'}]}
  try {
    await resources.mutateStatus<Service>(serviceType, INGRESS, (service) => ({...service, status: {loadBalancer}}))
  } catch (error) {
    if (!isNotFound(error)) throw error // the user deleted it: the listeners work without
  }
}
