import {mkdir, readFile, writeFile} from 'node:fs/promises'
import path from 'node:path'
import type {Pod} from '../../api/kinds/pod.js'
import {podLogDirectory} from '../../daemon/pods/pod-log-directory.js'

/**
 * Keeps, beside the pod's logs, what the user typed as a container's program with `run`, so that `attach` may run it again. The pod's own words would not
 * do: whoever wrote a manifest is not to choose programs of this machine.
 */
export async function writeTypedProgram(podLogs: string, pod: Pod, container: string, words: readonly string[]): Promise<void> {
  const file = fileOf(podLogs, pod, container)
  await mkdir(path.dirname(file), {recursive: true, mode: 0o700})
  await writeFile(file, JSON.stringify(words), {mode: 0o600})
}

/** Undefined where none was typed. */
export async function readTypedProgram(podLogs: string, pod: Pod, container: string): Promise<readonly string[] | undefined> {
  const text = await readFile(fileOf(podLogs, pod, container), 'utf8').catch(() => undefined) // most pods are not made by `run`
  return text === undefined ? undefined : (JSON.parse(text) as readonly string[])
}

function fileOf(podLogs: string, pod: Pod, container: string): string {
  return path.join(podLogDirectory(podLogs, pod), 'typed', `${container}.json`)
}
