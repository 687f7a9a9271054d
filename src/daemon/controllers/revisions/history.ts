import type {ControllerRevision} from '../../../api/kinds/controller-revision.js'

/** The lowest revision first. */
export function byRevision(revisions: readonly ControllerRevision[]): readonly ControllerRevision[] {
  return [...revisions].sort((a, b) => a.revision - b.revision || a.metadata.name.localeCompare(b.metadata.name))
}

/** The revisions beyond the limit, lowest first; none that is in use. Source: kubernetes `truncateHistory`. */
export function beyondLimit(revisions: readonly ControllerRevision[], live: ReadonlySet<string>, limit: number): readonly ControllerRevision[] {
  const history = revisions.filter(({metadata}) => !live.has(metadata.name))
  return history.slice(0, Math.max(0, history.length - limit))
}
