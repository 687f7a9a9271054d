import {spawn} from 'node:child_process'

/** Reads until its stdin ends, which happens when the process that holds the other end is gone; then ends the group as `stop` would. */
const SCRIPT = 'read -r _; kill -s TERM -- "-$1"; sleep 2; kill -s KILL -- "-$1"'

/**
 * Ends the process group `groupId` when this process dies, however it dies: a foreign program cannot be told to watch us, so a small shell does.
 * Call `release` once the group has ended.
 */
export function guardGroup(groupId: number): {release(): void} {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'tshift-guard', String(groupId)], {stdio: ['pipe', 'ignore', 'ignore'], detached: true})
  guard.on('error', () => {}) // no shell: the program is only orphaned if we are killed
  guard.stdin.on('error', () => {}) // the same, seen from the pipe
  return {release: () => void guard.kill('SIGKILL')}
}
