import type {KubeObject} from '../../object.js'

const RESERVED = ['internal.istio.io/parents', 'internal.istio.io/parent-namespace']
const DRY_RUN = 'istio.io/dry-run'
const REJECT = 'internal.istio.io/webhook-always-reject'

/** Annotations that only Istio itself may write, or that mean nothing for this kind (istio pkg/config/validation). */
export function checkReservedAnnotations({metadata: {annotations = {}, namespace = '', name}}: KubeObject): readonly string[] {
  return [
    ...(annotations[DRY_RUN] === undefined ? [] : [`${namespace}/${name} has unsupported annotation ${DRY_RUN}, please remove the annotation`]),
    ...RESERVED.filter((name) => annotations[name] !== undefined).map((name) => `${JSON.stringify(name)} annotation found, this may not be set by users`),
    ...(annotations[REJECT] === undefined ? [] : [`${JSON.stringify(REJECT)} annotation found, rejecting`]),
  ]
}
