import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {PassThrough} from 'node:stream'
import {text} from 'node:stream/consumers'
import {afterAll, expect, test} from 'vitest'
import type {Pod} from '../../../src/api/kinds/pod.js'
import {attach, type AttachOptions} from '../../../src/cli/attach/attach.js'
import {outletTo} from '../../../src/cli/outlet.js'
import {podLogDirectory} from '../../../src/daemon/pods/pod-log-directory.js'
import {LogFile} from '../../../src/workload/logs/log-file.js'

const podLogs = mkdtempSync(path.join(tmpdir(), 'tshift-attach-'))
afterAll(() => rmSync(podLogs, {recursive: true, force: true}))

const WARNING = 'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.'
const PROMPT = "If you don't see a command prompt, try pressing enter."

function podIn(phase: string, state: object = {running: {}}): Pod {
  const containerStatuses = [{name: 'c', ready: true, restartCount: 0, state}]
  return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'ns', uid: 'u'}, spec: {containers: [{name: 'c'}, {name: 'd'}]}, status: {phase, containerStatuses}}
}

/** Attaches, then lets `act` happen once it is attached. */
async function attached(options: Partial<AttachOptions>, act: (log: LogFile, stdin: PassThrough, stop: AbortController) => void) {
  const pod = options.pod ?? podIn('Running')
  const log = await LogFile.open(path.join(podLogDirectory(podLogs, pod), 'c.log'))
  log.beginRun()
  log.append('before')
  await new Promise(setImmediate)
  const [stdin, stdout, stop, notes] = [new PassThrough(), new PassThrough(), new AbortController(), [] as string[]]
  const shown = text(stdout)
  stdout.once('data', () => act(log, stdin, stop))
  const attaching = attach({pod, stdin: false, tty: false, ...options}, {podLogs, stdin, out: outletTo(stdout), note: (line) => notes.push(line), signal: stop.signal})
  const writing = setInterval(() => log.append('new'), 5)
  await attaching.finally(() => clearInterval(writing))
  stdout.end()
  log.close()
  return {notes, shown: [...new Set((await shown).trimEnd().split('\n'))]}
}

test.each<[string, Partial<AttachOptions>, Parameters<typeof attached>[1], readonly string[]]>([
  ['the container ends', {}, (log) => log.endRun(), ['Defaulted container "c" out of: c, d', WARNING, PROMPT]],
  ['standard input ends', {container: 'c', stdin: true}, (_, stdin) => void stdin.end('typed'), [WARNING, PROMPT]],
  ['it is interrupted', {container: 'c', tty: true}, (_log, _stdin, stop) => stop.abort(), ['error: Unable to use a TTY - container c did not allocate one', WARNING, PROMPT]],
])('what is new is shown until %s', async (_, options, act, notes) => {
  expect(await attached(options, act)).toEqual({notes, shown: ['new']})
})

test.each<[string, Partial<AttachOptions>, string]>([
  ['a pod that is over', {pod: podIn('Succeeded')}, 'cannot attach a container in a completed pod; current phase is Succeeded'],
  ['a container that waits', {pod: podIn('Running', {waiting: {}}), container: 'c'}, 'unable to upgrade connection: container c not found in pod p_ns'],
  ['no container of the pod', {container: 'x'}, 'cannot attach to the container: container x not found in pod p'],
])('%s is refused', async (_, options, message) => {
  await expect(attached(options, () => {})).rejects.toThrow(message)
})
