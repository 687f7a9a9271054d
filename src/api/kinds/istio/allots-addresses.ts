import type {ObjectMeta} from '../../object.js'

const OPT_OUT = 'networking.istio.io/enable-autoallocate-ip'

interface Entry {
  readonly metadata: Pick<ObjectMeta, 'labels'>
  readonly spec?: {readonly resolution?: string; readonly addresses?: readonly string[]}
}

/** Whether Istio gives the hosts of a ServiceEntry addresses of its own: they have none, can have some, and nobody declined (istio ShouldV2AutoAllocateIP). */
export function allotsAddresses({metadata, spec}: Entry): boolean {
  const {resolution = 'NONE', addresses = []} = spec ?? {}
  return addresses.length === 0 && resolution !== 'NONE' && metadata.labels?.[OPT_OUT]?.toLowerCase() !== 'false'
}
