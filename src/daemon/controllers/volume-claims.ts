import type {PersistentVolumeClaim} from '../../api/kinds/persistent-volume-claim.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'

/** Every claim is bound at once: its volume is a directory of this machine, which is as large as the disk, whatever was asked for. */
export function planVolumeClaims({volumeClaims}: World): readonly Action[] {
  return volumeClaims.filter(({metadata, status}) => metadata.deletionTimestamp === undefined && status?.phase !== 'Bound').flatMap(bind)
}

function bind(claim: PersistentVolumeClaim): readonly Action[] {
  const {resourceVersion: _, ...metadata} = claim.metadata
  const {accessModes = [], resources, volumeName = `pvc-${metadata.uid}`} = claim.spec
  const status = {accessModes, capacity: {storage: resources?.requests?.['storage'] ?? '0'}, phase: 'Bound'}
  const bound: PersistentVolumeClaim = {...claim, spec: {...claim.spec, volumeName}}
  return [
    ...(claim.spec.volumeName === undefined ? [{type: 'update', object: bound} as const] : []),
    {type: 'status', object: {...bound, metadata, status} as PersistentVolumeClaim},
  ]
}
