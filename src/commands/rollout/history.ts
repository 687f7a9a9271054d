import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {typeFor} from '../../api/registry.js'
import {UserError} from '../../base/user-error.js'
import {isRefusal} from '../../cli/failure.js'
import {outputFlags, printerOf} from '../../cli/flags/output.js'
import {qualifiedKind} from '../../cli/qualified-kind.js'
import {historyOf, historyText, revisionIn} from '../../cli/rollout/history.js'
import type {Revision} from '../../cli/rollout/revisions.js'
import {RolloutCommand, workloadFlags} from '../../cli/rollout/rollout-command.js'
import {throwTogether} from '../../cli/throw-together.js'
import type {Printer} from '../../output/printer.js'

export default class RolloutHistory extends RolloutCommand {
  static override summary = 'List the revisions of a Deployment, StatefulSet or DaemonSet.'
  static override description =
    'A revision is a pod template that was rolled out; its ReplicaSet or ControllerRevision is kept as long as revisionHistoryLimit allows. ' +
    'The change cause is the annotation kubernetes.io/change-cause the workload had then.'
  static override examples = [
    '<%= config.bin %> rollout history deployment/tcp-echo-v1',
    '<%= config.bin %> rollout history deployment/tcp-echo-v1 --revision=1',
  ]

  static override strict = false
  static override flags = {
    ...workloadFlags,
    revision: Flags.integer({description: 'show the pod template of this revision', default: 0}),
    ...outputFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(RolloutHistory)
    if (flags.revision < 0) throw new UserError(`revision must be a positive integer: ${flags.revision}`)
    const session = await this.session()
    const printer = flags.output === undefined && flags.template === undefined ? undefined : printerOf(flags, {isMachineOnly: true, isSingle: true})
    const shown: KubeObject[] = []
    const errors: Error[] = []
    for await (const one of this.selected(flags, argv as string[], session)) {
      try {
        if (one.type === 'failed') throw one.error
        const history = await historyOf(one, session.resources)
        shown.push(...history.map(({object}) => object))
        const wanted = flags.revision > 0 && printer !== undefined ? [revisionIn(history, flags.revision)] : history
        const name = `${qualifiedKind(one.resource)}/${one.object.metadata.name}`
        const which = flags.revision > 0 ? `with revision #${flags.revision}` : ''
        this.out(printed(printer, wanted) ?? `${name} ${which}\n${historyText(history, flags.revision)}\n`)
      } catch (error) {
        if (!isRefusal(error)) throw error
        errors.push(error)
      }
    }
    throwTogether(errors)
    return shown
  }
}

/** Revisions of one workload are of one kind; undefined where they are to be told in words. */
function printed(printer: Printer | undefined, revisions: readonly Revision[]): string | undefined {
  const objects = revisions.map(({object}) => object)
  const [first] = objects
  return first === undefined ? undefined : printer?.printEach({type: typeFor(first), objects})
}
