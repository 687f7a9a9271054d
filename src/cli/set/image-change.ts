import {UserError} from '../../base/user-error.js'
import type {PodChange} from './change-pods.js'
import {containersOf, mapContainers} from './pod-spec.js'

/** `CONTAINER=IMAGE` each; `*` means every container. Throws a UserError where there is none. Source: kubectl `set_image.go`. */
export function imageChange(pairs: readonly string[]): PodChange {
  if (pairs.length === 0) throw new UserError('at least one image update is required')
  const images = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
  if (images.size > 1 && images.has('*')) {
    throw new UserError('all containers are already specified by *, but saw more than one container_name=container_image pairs')
  }
  return {
    operation: 'image updated',
    refusal: 'failed to patch image update to pod template: ',
    apply(spec) {
      const names = new Set(containersOf(spec).map(({name}) => name))
      const missing = [...images.keys()].filter((name) => name !== '*' && !names.has(name))
      const changed = mapContainers(spec, (container) => {
        const image = images.get(container.name) ?? images.get('*')
        return image === undefined ? container : {...container, image}
      })
      return {spec: changed, problems: missing.map((name) => `unable to find container named "${name}"`)}
    },
  }
}
