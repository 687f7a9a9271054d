import type {ChildProcess} from 'node:child_process'
import {EventEmitter} from 'node:events'
import {expect, test} from 'vitest'
import {childContainer} from '../../src/workload/runtimes/child-container.js'
import {ContainerError} from '../../src/workload/runtimes/container-error.js'
import {spawning} from '../../src/workload/runtimes/spawning.js'
import {tcpEchoRuntime} from '../../src/workload/runtimes/tcp-echo-runtime.js'
import {containerSpec} from './container-spec.js'

const refusal = (error: unknown) => (error instanceof ContainerError ? {reason: error.reason, message: error.message} : error)

/** What Node's `spawn` returns where no descriptor is free: a child without streams, which tells of it a moment later. */
function withoutDescriptors(): ChildProcess {
  const child = new EventEmitter() as ChildProcess
  process.nextTick(() => child.emit('error', Object.assign(new Error('spawn node EMFILE'), {code: 'EMFILE'})))
  return child
}

test('a container that finds no free descriptor is refused as one that may start later', async () => {
  const starting = spawning('node', async () => childContainer(withoutDescriptors(), () => {}))
  expect(await starting.catch(refusal)).toEqual({reason: 'RunContainerError', message: 'failed to start the container: exec: "node": spawn node EMFILE'})
})

test('so is one whose spawn throws, and a tcp-echo without its program', async () => {
  const starting = spawning('node', () => Promise.reject(Object.assign(new Error('spawn ENOMEM'), {code: 'ENOMEM'})))
  expect(await starting.catch(refusal)).toEqual({reason: 'RunContainerError', message: 'failed to start the container: exec: "node": spawn ENOMEM'})
  const {execPath} = process
  process.execPath = '/nowhere/node'
  const echoing = tcpEchoRuntime().start(containerSpec({image: 'tcp-echo-server', args: ['9000', 'one']}), () => {})
  process.execPath = execPath
  expect(await echoing.catch(refusal)).toEqual({reason: 'RunContainerError', message: 'failed to start the container: exec: "/nowhere/node": executable file not found in $PATH'})
})
