import type {KubeObject} from '../../api/object.js'

/** What became of one object a command was asked to change; commands print these as they come, notes to stdout before the rest. */
export type Outcome =
  | {readonly type: 'done'; readonly object: KubeObject; readonly operation: string; readonly warnings: readonly string[]; readonly notes?: readonly string[]}
  | {readonly type: 'failed'; readonly text: string}
