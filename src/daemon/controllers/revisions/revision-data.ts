import type {ControllerRevision} from '../../../api/kinds/controller-revision.js'
import type {PodTemplate} from '../../../api/kinds/pod-spec.js'
import type {JsonObject} from '../../../api/object.js'

/** What a ControllerRevision keeps of a workload: its pod template, as a patch that puts it in the place of another. Source: kubernetes `getPatch`. */
export function revisionData(template: PodTemplate): JsonObject {
  return {spec: {template: {...template, $patch: 'replace'}}} as unknown as JsonObject
}

/** The pod template a ControllerRevision keeps. */
export function templateOf({data}: Pick<ControllerRevision, 'data'>): PodTemplate {
  const {spec} = (data ?? {}) as {readonly spec?: {readonly template?: PodTemplate & {readonly $patch?: string}}}
  const {$patch: _, ...template} = spec?.template ?? {}
  return template
}
