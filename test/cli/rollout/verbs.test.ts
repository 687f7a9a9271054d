import {describe, expect, test} from 'vitest'
import {failureOf} from '../../../src/cli/failure.js'
import {changeWorkloads} from '../../../src/cli/rollout/change-workloads.js'
import {pause, restartAt, resume, type Edit} from '../../../src/cli/rollout/edits.js'
import {historyOf, historyText} from '../../../src/cli/rollout/history.js'
import {printChanges, type Change} from '../../../src/cli/rollout/print-changes.js'
import {scaleAll, type ScaleOptions} from '../../../src/cli/rollout/scale.js'
import {selectWorkloads} from '../../../src/cli/rollout/select-workloads.js'
import {undoRollouts, type UndoOptions} from '../../../src/cli/rollout/undo.js'
import type {Resources} from '../../../src/resources/resources.js'
import {NOW} from '../../help/cluster.js'
import {image, rehearsal} from '../../help/rehearsal.js'

const of = (resources: Resources, ...words: string[]) => selectWorkloads({words, recursive: false, stdin: process.stdin}, resources)

/** What a verb prints; refusals begin with `!`. */
async function said(changes: AsyncIterable<Change>): Promise<readonly string[]> {
  const lines: string[] = []
  const line = (mark: string) => (text: string) => lines.push(`${mark}${text.trimEnd()}`)
  await printChanges(changes, {printer: undefined, dryRun: 'none', out: line(''), say: line('!'), nothing: 'nothing'})
  process.exitCode = undefined
  return lines
}

const change = (resources: Resources, edit: Edit, operation: string, ...words: string[]) => said(changeWorkloads(of(resources, ...words), {edit, operation, fieldManager: 'kubectl-rollout'}, resources))

describe('restart, pause and resume', () => {
  test('say what they did, and why not', async () => {
    const {resources, settle} = await rehearsal()
    await settle()
    expect(await change(resources, pause, 'paused', 'deploy')).toEqual(['deployment.apps/web paused'])
    expect(await change(resources, pause, 'paused', 'deploy/web')).toEqual(['!error: deployments.apps "web" is already paused'])
    expect(await change(resources, restartAt(NOW), 'restarted', 'deploy', 'web')).toEqual(['!error: deployments.apps "web" can\'t restart paused deployment (run rollout resume first)'])
    expect(await change(resources, resume, 'resumed', 'deploy/web')).toEqual(['deployment.apps/web resumed'])
    expect(await change(resources, resume, 'resumed', 'deploy/web')).toEqual(['!error: deployments.apps "web" is not paused'])
    expect(await change(resources, restartAt(NOW), 'restarted', 'deploy', 'nope', 'web')).toEqual(['deployment.apps/web restarted', '!Error from server (NotFound): deployments.apps "nope" not found'])
    expect(await change(resources, restartAt(NOW), 'restarted', 'deploy/web')).toEqual([
      '!failed to create patch for web: if restart has already been triggered within the past second, please wait before attempting to trigger another',
    ])
    expect(await change(resources, restartAt(NOW), 'restarted', 'rs')).toEqual([expect.stringMatching(/^!error: replicasets.apps "web-\w+" restarting is not supported$/)])
    expect(await change(resources, restartAt(NOW), 'restarted', 'sts')).toEqual(['!nothing'])
    await expect(change(resources, pause, 'paused')).rejects.toThrow('required resource not specified')
  })
})

describe('undo and history', () => {
  const undo = (resources: Resources, options: Partial<UndoOptions> = {}, word = 'deploy/web') => said(undoRollouts(of(resources, word), {toRevision: 0, dryRun: 'none', ...options}, resources))

  async function history(resources: Resources, revision = 0): Promise<string> {
    for await (const one of of(resources, 'deploy/web')) if (one.type === 'found') return historyText(await historyOf(one, resources), revision)
    return ''
  }

  test('go back and forth between revisions, each with its cause', async () => {
    const {resources, settle, change: edit, deployment} = await rehearsal()
    await settle()
    await expect(undo(resources)).rejects.toThrow('no rollout history found for deployment "web"')
    await resources.update({...(await deployment()), metadata: {...(await deployment()).metadata, annotations: {'kubernetes.io/change-cause': 'to v1'}}})
    await settle()
    await edit(image('v2'))
    await settle()
    await resources.update({...(await deployment()), metadata: {...(await deployment()).metadata, annotations: {'kubernetes.io/change-cause': 'to v2'}}})
    await settle()
    expect(await history(resources)).toBe('REVISION  CHANGE-CAUSE\n1         to v1\n2         to v2\n')
    await expect(undo(resources, {toRevision: 9})).rejects.toThrow('unable to find specified revision 9 in history')
    expect(await undo(resources, {toRevision: 2})).toEqual(['deployment.apps/web skipped rollback (current template already matches revision 2)'])
    expect((await undo(resources, {dryRun: 'client'}))[0]).toMatch(/^deployment.apps\/web Pod Template:\n {2}Labels:\tapp=web\n\tpod-template-hash=\w+\n {2}Annotations:\tkubernetes.io\/change-cause: to v1\n/)
    expect(await undo(resources)).toEqual(['deployment.apps/web rolled back'])
    await settle()
    expect(await history(resources)).toBe('REVISION  CHANGE-CAUSE\n2         to v2\n3         to v1\n')
    expect((await deployment()).spec.template.spec?.containers[0]?.image).toBe('web:v1')
    expect((await deployment()).metadata.annotations).toEqual({'kubernetes.io/change-cause': 'to v1', 'deployment.kubernetes.io/revision': '3'})
    await expect(history(resources, 1)).rejects.toThrow('unable to find the specified revision')
  })

  test('are refused for what has no revisions, or is paused', async () => {
    const {resources, settle, change: edit} = await rehearsal()
    await settle()
    await edit(image('v2'))
    await settle()
    await edit((spec) => ({...spec, paused: true}))
    await expect(undo(resources)).rejects.toThrow("you cannot rollback a paused deployment; resume it first with 'tshift rollout resume' and try again")
    const refusal = await undo(resources, {}, 'rs').catch((error: unknown) => failureOf(error).text.split('\n'))
    expect([...new Set(refusal)]).toEqual(['no rollbacker has been implemented for "ReplicaSet.apps"'])
  })
})

describe('scale', () => {
  const scale = (resources: Resources, options: Partial<ScaleOptions>, ...words: string[]) =>
    said(scaleAll(of(resources, ...words), {replicas: 3, currentReplicas: -1, resourceVersion: undefined, dryRun: 'none', timeoutMs: 0, ...options}, resources))

  test('sets the size, where the conditions hold', async () => {
    const {resources, settle, deployment} = await rehearsal()
    await settle()
    const {resourceVersion} = (await deployment()).metadata
    expect(await scale(resources, {currentReplicas: 9}, 'deploy/web')).toEqual(['!error: Expected replicas to be 9, was 1'])
    expect(await scale(resources, {resourceVersion: '1'}, 'deploy/web')).toEqual([`!error: Expected resource version to be 1, was ${resourceVersion}`])
    expect(await scale(resources, {currentReplicas: 1, resourceVersion}, 'deploy/web')).toEqual(['deployment.apps/web scaled'])
    expect(await settle()).toEqual(['3'])
    expect(await scale(resources, {timeoutMs: 5000}, 'deploy/web')).toEqual(['deployment.apps/web scaled'])
    expect(await scale(resources, {replicas: 5, timeoutMs: 20}, 'deploy/web')).toEqual(['!error: timed out waiting for "web" to be synced'])
    expect(await scale(resources, {replicas: 7, dryRun: 'client'}, 'deploy/web')).toEqual(['deployment.apps/web scaled'])
    expect((await deployment()).spec.replicas).toBe(5)
    expect(await scale(resources, {}, 'ns/default')).toEqual(['!Error from server (NotFound): the server could not find the requested resource'])
    await expect(scale(resources, {}, 'sts')).rejects.toThrow('no objects passed to scale')
  })
})
