import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {isRefusal} from '../../cli/failure.js'
import {goDuration} from '../../cli/go-duration.js'
import {followStatus} from '../../cli/rollout/follow-status.js'
import {RolloutCommand, workloadFlags} from '../../cli/rollout/rollout-command.js'
import type {Selected} from '../../cli/rollout/select-workloads.js'
import {statusLine} from '../../cli/rollout/status-line.js'
import {throwTogether} from '../../cli/throw-together.js'
import {untilInterrupted} from '../../cli/until-interrupted.js'
import type {Session} from '../../cli/session.js'

/** How often the controllers look where no gateway process runs them. */
const SETTLE_MS = 1000
const INTERRUPTED = 130

export default class RolloutStatus extends RolloutCommand {
  static override summary = 'Say how far a rollout is, until it is done.'
  static override description =
    'Ends with 1 where the rollout exceeds its progress deadline, where --timeout is over, or where another revision than --revision is rolled out.'
  static override examples = [
    '<%= config.bin %> rollout status deployment/tcp-echo-v1',
    '<%= config.bin %> rollout status deployment/tcp-echo-v1 --timeout=30s',
    '<%= config.bin %> rollout status deployment -l app=tcp-echo --watch=false',
  ]

  static override strict = false
  static override flags = {
    ...workloadFlags,
    watch: Flags.boolean({char: 'w', description: 'go on until the rollout is done', default: true, allowNo: true}),
    timeout: Flags.string({description: 'how long to wait, e.g. 30s; 0s: for ever', default: '0s'}),
    revision: Flags.integer({description: 'fail where another revision is rolled out; 0: whichever it is', default: 0}),
  }

  async run(): Promise<readonly string[]> {
    const {flags, argv} = await this.parse(RolloutStatus)
    if (flags.revision < 0) throw new UserError(`revision must be a positive integer: ${flags.revision}`)
    const timeoutMs = goDuration(flags.timeout, 'timeout', 'rollout status')
    const session = await this.session()
    const lines: string[] = []
    const errors: Error[] = []
    let count = 0
    for await (const one of this.selected(flags, argv as string[], session)) {
      count++
      try {
        if (one.type === 'failed') throw one.error
        if (flags.watch) lines.push(...(await this.#follow(one, {revision: flags.revision, timeoutMs}, session)))
        else lines.push(this.#tell(statusLine(one.resource, one.object, flags.revision).text))
      } catch (error) {
        if (!isRefusal(error)) throw error
        errors.push(error)
      }
    }
    throwTogether(errors)
    if (count === 0) this.say(this.nothingFound(flags))
    return lines
  }

  #tell(text: string): string {
    this.out(`${text}\n`)
    return text
  }

  async #follow({resource, object}: Extract<Selected, {type: 'found'}>, {revision, timeoutMs}: Limits, session: Session): Promise<readonly string[]> {
    const timeout = new AbortController()
    const timer = timeoutMs === 0 ? undefined : setTimeout(() => timeout.abort(new UserError('timed out waiting for the condition')), timeoutMs)
    const controllers = this.#standIn(session)
    const interrupted = untilInterrupted()
    const lines: string[] = []
    try {
      const signal = AbortSignal.any([timeout.signal, interrupted])
      for await (const {text, isDone} of followStatus({resource, object, revision, signal}, session.resources)) {
        lines.push(this.#tell(text))
        if (!isDone) controllers.start()
      }
      if (interrupted.aborted) process.exitCode = INTERRUPTED
    } finally {
      clearTimeout(timer)
      await controllers.stop()
    }
    return lines
  }

  /** Where no gateway process runs, nothing starts pods and the deadline passes unseen: says so once, and lets the controllers look from here. */
  #standIn(session: Session): StandIn {
    let isTold = false
    let settling = Promise.resolve()
    let timer: NodeJS.Timeout | undefined
    const look = () => {
      if (session.isGatewayRunning) return
      if (!isTold) this.say("the gateway is not running, so pods stay Pending; start it with 'tshift gateway start'")
      isTold = true
      settling = settling.then(() => session.settle())
    }
    return {
      start() {
        if (timer !== undefined) return
        look()
        timer = setInterval(look, SETTLE_MS)
      },
      async stop() {
        clearInterval(timer)
        await settling
      },
    }
  }
}

interface Limits {
  readonly revision: number
  readonly timeoutMs: number
}

/** Runs the controllers while a rollout is waited for. */
interface StandIn {
  start(): void
  stop(): Promise<void>
}
