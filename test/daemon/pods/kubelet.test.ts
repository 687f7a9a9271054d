import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {podType, type Pod} from '../../../src/api/kinds/pod.js'
import type {KubeObject} from '../../../src/api/object.js'
import {isServing} from '../../../src/daemon/controllers/pod-readiness.js'
import {EventRecorder} from '../../../src/daemon/event-recorder.js'
import {Kubelet} from '../../../src/daemon/pods/kubelet.js'
import {outOfRouting} from '../../../src/daemon/pods/out-of-routing.js'
import {worldOf} from '../../../src/daemon/world.js'
import {deleteObject} from '../../../src/resources/deletion.js'
import type {Resources} from '../../../src/resources/resources.js'
import {PodAddresses} from '../../../src/workload/addresses/addresses.js'
import {freshCluster} from '../../help/cluster.js'

const SERVER = 'trap "exit 9" TERM; while :; do sleep 0.01; done'

let resources: Resources
let podLogs: string
let kubelet: Kubelet | undefined
beforeEach(async () => {
  resources = (await freshCluster()).resources
  podLogs = mkdtempSync(path.join(tmpdir(), 'tshift-kubelet-'))
})
afterEach(async () => {
  await kubelet?.close(0)
  rmSync(podLogs, {recursive: true, force: true})
})

test('a program of this machine gets TERM only after its pod has left the routing, and has had its last call', async () => {
  const steps: string[] = []
  const alive = () => isAlive(pid)
  const applied = async () => void steps.push(`applied, ${alive()}`)
  const lastCall = async () => void steps.push(`last call, ${alive()}`)
  const options = {addresses: new PodAddresses({podCIDR: '127.99.7.0/24'}), podLogs, claims: path.join(podLogs, 'claims'), allowHostCommands: true, engine: async () => undefined, report: (error: unknown) => expect.fail(String(error))}
  kubelet = new Kubelet({...options, resources, events: new EventRecorder(resources), beforeStop: (pod) => outOfRouting(pod, applied, lastCall)})
  const spec = {containers: [{name: 'c', image: 'example/app:1', command: ['sh', '-c', `echo $$$$; ${SERVER}`]}]}
  await resources.create({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'app', namespace: 'default'}, spec} as KubeObject)
  kubelet.sync(worldOf([await live()]))
  await expect.poll(async () => isServing(await live())).toBe(true)
  const pid = await writtenPid()
  await deleteObject(resources, await live(), {nodeAlive: true})
  kubelet.sync(worldOf([await live()]))
  await expect.poll(() => resources.find(podType, 'default', 'app')).toBe(undefined)
  expect([...steps, `gone, ${alive()}`]).toEqual(['applied, true', 'last call, true', 'gone, false'])
})

async function live(): Promise<Pod> {
  return resources.get<Pod>(podType, 'default', 'app')
}

/** The program says who it is; `$$` of a command stands for one `$`. */
async function writtenPid(): Promise<number> {
  const {metadata} = await live()
  const file = path.join(podLogs, `default_app_${metadata.uid}`, 'c.log')
  let found = ''
  await expect.poll(() => (found = /stdout F (\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '')).not.toBe('')
  return Number(found)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // ESRCH
  }
}
