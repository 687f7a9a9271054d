import {connect} from 'node:net'
import {setTimeout as delay} from 'node:timers/promises'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {deploymentType} from '../../../src/api/kinds/deployment.js'
import {changeWorkloads} from '../../../src/cli/rollout/change-workloads.js'
import {restartAt} from '../../../src/cli/rollout/edits.js'
import {followStatus} from '../../../src/cli/rollout/follow-status.js'
import type {Selected} from '../../../src/cli/rollout/select-workloads.js'
import {Session} from '../../../src/cli/session.js'
import {createSandbox, type Sandbox} from '../../help/sandbox.js'

const RESTARTS = 20
const DIALLERS = 2
const HOLDERS = 3
const HELD_LINES = 8
const LINE_EVERY_MS = 100
const PORT = 31400

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  await box.ok('tshift apply -f tcp-echo/tcp-echo-services.yaml -f tcp-echo/tcp-echo-all-v1.yaml && tshift gateway start --bind $BIND')
  // the longest connection may outlive the 30 s of the default on a busy machine
  await box.ok(`tshift patch deploy tcp-echo-v1 -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":120}}}}' && tshift rollout status deploy/tcp-echo-v1`)
})
afterAll(() => box.close())

test('through 20 rolling restarts no new connection fails, and none that is held is cut', async () => {
  const session = await Session.open({TSHIFT_HOME: box.home})
  const restarted = new AbortController()
  const dialled = Array.from({length: DIALLERS}, () => during(restarted.signal, () => talk(box.address, 1)))
  const held = Array.from({length: HOLDERS}, () => during(restarted.signal, () => talk(box.address, HELD_LINES)))
  const longest = talk(box.address, Infinity, restarted.signal).then(() => [], (error: Error) => [error.message])
  for (let count = 1; count <= RESTARTS; count++) await restart(session, Date.now() + count * 1000)
  restarted.abort()
  const cut = await longest
  const counts = [sum(await Promise.all(dialled)), sum(await Promise.all(held))] as const
  await session.close()
  expect([...counts.map(({failures}) => failures), cut]).toEqual([[], [], []])
  expect(counts[0].done).toBeGreaterThan(RESTARTS)
  expect(counts[1].done).toBeGreaterThan(HOLDERS)
})

/** One `rollout restart` of tcp-echo-v1, until `rollout status` says that it is done. */
async function restart({resources}: Session, nowMs: number): Promise<void> {
  const object = await resources.get(deploymentType, 'default', 'tcp-echo-v1')
  const one: Selected = {type: 'found', resource: deploymentType, object}
  const edits = changeWorkloads(only(one), {edit: restartAt(nowMs), operation: 'restarted', fieldManager: 'kubectl-rollout'}, resources)
  for await (const change of edits) expect(change.type).toBe('done')
  const lines: string[] = []
  for await (const {text} of followStatus({resource: deploymentType, object, revision: 0, signal: AbortSignal.timeout(20_000)}, resources)) lines.push(text)
  expect(lines.at(-1)).toBe('deployment "tcp-echo-v1" successfully rolled out')
}

async function* only<T>(item: T): AsyncIterable<T> {
  yield item
}

interface Tally {
  readonly done: number
  readonly failures: readonly string[]
}

/** Does it again and again until the signal, and lets the last one finish. */
async function during(signal: AbortSignal, act: () => Promise<void>): Promise<Tally> {
  let done = 0
  const failures: string[] = []
  while (!signal.aborted) {
    await act().then(() => done++, (error: Error) => failures.push(error.message))
  }
  return {done, failures}
}

function sum(tallies: readonly Tally[]): Tally {
  return {done: tallies.reduce((total, {done}) => total + done, 0), failures: tallies.flatMap(({failures}) => failures)}
}

/** A client's whole conversation: lines (until the signal), each answered, with pauses between them; then its end, answered by the server's. */
async function talk(host: string, lines: number, until?: AbortSignal): Promise<void> {
  const socket = connect({host, port: PORT, allowHalfOpen: true})
  const answers = socket.iterator() as AsyncIterator<Buffer>
  try {
    for (let line = 1; line <= lines && until?.aborted !== true; line++) {
      socket.write(`${line}\n`)
      const {value, done} = await answers.next()
      const reply = done === true ? 'the end' : String(value)
      if (reply !== `one ${line}\n`) throw new Error(`answer ${line} of ${lines} was ${JSON.stringify(reply)}`)
      if (line < lines) await delay(LINE_EVERY_MS)
    }
    socket.end()
    expect((await answers.next()).done).toBe(true)
  } finally {
    socket.destroy()
  }
}
