import {randomUUID} from 'node:crypto'
import {setTimeout as delay} from 'node:timers/promises'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {isHeld, RENEW_MS, type Lease} from '../../shift/lease.js'
import type {ShiftRecord} from '../../shift/record.js'
import {isOver, type ShiftState} from '../../shift/state.js'
import {transition, type ShiftEvent} from '../../shift/transition.js'
import {carryOutPhase} from './carry-out-phase.js'
import {heldBy} from './held-by.js'
import {isProcessAlive} from './process-alive.js'
import {changeRecord, readRecord, watchRecord, type ShiftRef} from './record-store.js'
import {runHook} from './run-hook.js'

export interface RunnerOptions {
  readonly resources: Resources
  /** The gateway's control socket. */
  readonly socket: string
  readonly ref: ShiftRef
  /** Ends the run and leaves the shift as it is, to be taken up again. */
  readonly signal: AbortSignal
  /** Whether a shift that pauses for a person is left to another command. */
  readonly isLeftWhenPaused: boolean
  /** Called with every state, the first one included. */
  readonly changed: (state: ShiftState) => void
}

/**
 * Carries a shift out: holds its lease, acts on whatever phase the store says it is in, and puts what came of it through the state machine. Other
 * processes change the phase in the store (pause, promote, abort); what was being done is then dropped. So nothing is lost when this process is
 * killed: the next one goes on from the phase that is stored.
 */
export class ShiftRunner {
  readonly #options: RunnerOptions
  readonly #holder = randomUUID()
  #state: ShiftState | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /**
   * Runs until the shift is over, waits for a person and is left, or `signal` aborts. Throws a UserError where another process carries it out
   * (exit code 2), or the gateway cannot be reached (8).
   */
  async run(): Promise<ShiftState> {
    const {resources, ref, signal} = this.#options
    await changeRecord(resources, ref, (record) => ({...record, lease: this.#claim(record)}))
    const stopped = new AbortController()
    const both = AbortSignal.any([signal, stopped.signal])
    const renewing = this.#renew(both)
    try {
      for await (const record of this.#turns(both)) {
        const state = this.#take(record)
        if (isOver(state) || (state.phase.type === 'paused' && this.#options.isLeftWhenPaused && state.phase.why !== 'duration')) return state
        await this.#actOn(state, both)
      }
      throw signal.reason
    } finally {
      stopped.abort()
      await renewing
      await this.#release()
    }
  }

  /** The record at every turn, the newest only: what is stored now is acted upon, not what was stored in between. */
  async *#turns(signal: AbortSignal): AsyncIterable<ShiftRecord> {
    while (!signal.aborted) yield await readRecord(this.#options.resources, this.#options.ref)
  }

  #take({state, lease}: ShiftRecord): ShiftState {
    if (state === undefined) throw new UserError('the state of the shift was deleted', {exitCode: 1})
    if (lease?.holder !== this.#holder) throw new UserError('another process has taken the shift over', {exitCode: 1})
    if (this.#state?.turn !== state.turn) this.#options.changed(state)
    this.#state = state
    return state
  }

  /** Does what the phase asks for, unless the phase changes meanwhile; then nothing comes of it. */
  async #actOn(state: ShiftState, signal: AbortSignal): Promise<void> {
    const {resources, socket, ref} = this.#options
    const overtaken = new AbortController()
    const acting = AbortSignal.any([signal, overtaken.signal])
    const watching = this.#overtaken(state.turn, acting, overtaken)
    try {
      const event = await carryOutPhase(state, {resources, socket, ref, signal: acting})
      if (event !== undefined) await this.#dispatch(event, state.turn)
    } catch (error) {
      if (!overtaken.signal.aborted || signal.aborted) throw error
    } finally {
      overtaken.abort()
      await watching
    }
  }

  async #overtaken(turn: number, signal: AbortSignal, overtaken: AbortController): Promise<void> {
    for await (const {state, lease} of watchRecord(this.#options.resources, this.#options.ref, signal)) {
      if (state?.turn === turn && lease?.holder === this.#holder) continue
      overtaken.abort()
      return
    }
  }

  /** Puts an event through the state machine, unless somebody else was faster. The hook `event` is told of it and has no say. */
  async #dispatch(event: ShiftEvent, turn: number): Promise<void> {
    const {resources, ref, signal} = this.#options
    const {state} = await changeRecord(resources, ref, (record) => {
      if (record.state?.turn !== turn || record.lease?.holder !== this.#holder) return record
      return {...record, state: transition(record.state, event, Date.now())}
    })
    if (state !== undefined && state.turn !== turn) await runHook('event', state, {weight: 0, signal})
  }

  #claim({lease}: ShiftRecord): Lease {
    const nowMs = Date.now()
    if (isHeld(lease, nowMs, isProcessAlive)) throw heldBy(this.#options.ref, lease)
    return {holder: this.#holder, pid: process.pid, renewedMs: nowMs}
  }

  async #renew(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(RENEW_MS, undefined, {signal}).catch(() => undefined) // the abort is seen by the loop
      if (!signal.aborted) await this.#changeLease((lease) => ({...lease, renewedMs: Date.now()}))
    }
  }

  #release(): Promise<void> {
    return this.#changeLease(() => undefined)
  }

  /** Changes the lease as long as it is this one's. */
  async #changeLease(change: (lease: Lease) => Lease | undefined): Promise<void> {
    const {resources, ref} = this.#options
    await changeRecord(resources, ref, (record) => (record.lease?.holder === this.#holder ? {...record, lease: change(record.lease)} : record))
  }
}
