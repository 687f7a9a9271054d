import type {KubeObject} from '../../object.js'

const RESERVED = ['internal.istio.io/parents', 'internal.istio.io/parent-namespace']
const REJECT = 'internal.istio.io/webhook-always-reject'

/** Annotations that only Istio itself may write (istio pkg/config/validation). */
export function checkReservedAnnotations({metadata: {annotations = {}}}: KubeObject): readonly string[] {
  return [
    ...RESERVED.filter((name) => annotations[name] !== undefined).map((name) => `${JSON.stringify(name)} annotation found, this may not be set by users`),
    ...(annotations[REJECT] === undefined ? [] : [`${JSON.stringify(REJECT)} annotation found, rejecting`]),
  ]
}
