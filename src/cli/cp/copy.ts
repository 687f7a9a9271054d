import {mkdir, realpath, stat} from 'node:fs/promises'
import path from 'node:path'
import {UserError} from '../../base/user-error.js'
import {copyTree} from './copy-tree.js'
import type {PodPath} from './pod-path.js'

/** What became of it: an exit code, as of the `tar` that does it in a cluster, and what is said on stderr. */
export interface Copied {
  readonly code: number
  readonly said: readonly string[]
}

const TAR_FAILED = 2

/** Whether there is something at the path: kubectl looks before it looks for the pod. Throws its UserError. */
export async function requireLocal(file: string): Promise<void> {
  const info = await stat(file).catch(() => undefined) // kubectl too takes every failure for absence
  if (info === undefined) throw new UserError(`${file} doesn't exist in local filesystem`)
}

/**
 * Copies from this side into a pod: into a directory that is there, else to that name. The directory around it has to be there.
 * Source: kubectl `cp/cp.go` `copyToPod`.
 */
export async function copyToPod(local: string, remote: PodPath, {keepsModes}: {readonly keepsModes: boolean}): Promise<Copied> {
  const target = (await isDirectory(remote.path)) ? path.join(remote.path, path.basename(path.resolve(local))) : remote.path
  const around = path.dirname(target)
  if (!(await isDirectory(around))) return failed(`tar: ${around}: Cannot open: No such file or directory`, 'tar: Error is not recoverable: exiting now')
  await requireTwo(local, target)
  await copyTree(path.resolve(local), target, {keepsModes})
  return {code: 0, said: remote.isOwn ? [] : [`copied to ${target} of this machine: a pod has no files of its own outside of its volumes`]}
}

/**
 * Copies from a pod to this side: a file to that name, what is in a directory into that one; directories around it are made. Links are left out.
 * Source: kubectl `cp/cp.go` `copyFromPod`.
 */
export async function copyFromPod(remote: PodPath, local: string, {shown, command}: {readonly shown: string; readonly command: string}): Promise<Copied> {
  const info = await stat(remote.path).catch(() => undefined) // gone, or not for us to see: tar says the same
  if (info === undefined) return failed(`tar: ${shown}: Cannot stat: No such file or directory`, 'tar: Exiting with failure status due to previous errors')
  if (!info.isDirectory() && (await isDirectory(local))) throw new UserError(`open ${local}: is a directory`)
  await requireTwo(remote.path, local)
  await mkdir(path.dirname(path.resolve(local)), {recursive: true})
  const said: string[] = []
  const skipLink = (file: string, target: string) => {
    const advice = said.length === 0 ? ` (consider using "${command}")` : ''
    said.push(`warning: skipping symlink: ${JSON.stringify(file)} -> ${JSON.stringify(target)}${advice}`)
  }
  await copyTree(remote.path, local, {keepsModes: false, skipLink})
  return {code: 0, said}
}

/** Both sides see the same files: a copy onto itself would empty it. */
async function requireTwo(from: string, to: string): Promise<void> {
  const [source, target] = await Promise.all([linkless(from), linkless(to)])
  if (source === target) throw new UserError(`${target} is the same file on both sides: a pod has this machine's files`)
  if (target.startsWith(source + path.sep)) throw new UserError(`${source} cannot be copied into itself: a pod has this machine's files`)
}

/** The real path of what is there, or the path of what is not. */
async function linkless(file: string): Promise<string> {
  return realpath(file).catch(() => path.resolve(file)) // not there yet
}

async function isDirectory(file: string): Promise<boolean> {
  return stat(file).then((info) => info.isDirectory(), () => false) // not there, or not to be seen
}

function failed(...lines: readonly string[]): Copied {
  return {code: TAR_FAILED, said: [...lines, `command terminated with exit code ${TAR_FAILED}`]}
}
