import {spawn} from 'node:child_process'

/** Reads until its stdin ends, which happens when the process that holds the other end is gone; then ends the group as `stop` would. */
const END_GROUP = 'read -r _; kill -s TERM -- "-$1"; sleep 2; kill -s KILL -- "-$1"'
/** The same, with a command: its words are the shell's arguments, never its text. */
const RUN = 'read -r _; exec "$@"'

/** Something that acts when this process dies, however it dies. Call `release` once there is nothing to do any more. */
export interface Guard {
  release(): void
}

/** Ends the process group `groupId` when this process dies: a foreign program cannot be told to watch us, so a small shell does. */
export function guardGroup(groupId: number): Guard {
  return guard(END_GROUP, [String(groupId)])
}

/** Runs `command` when this process dies. */
export function guardWith(command: readonly string[]): Guard {
  return guard(RUN, command)
}

function guard(script: string, words: readonly string[]): Guard {
  const shell = spawn('/bin/sh', ['-c', script, 'tshift-guard', ...words], {stdio: ['pipe', 'ignore', 'ignore'], detached: true})
  shell.on('error', () => {}) // no shell: what it guards is only orphaned if we are killed
  shell.stdin.on('error', () => {}) // the same, seen from the pipe
  return {release: () => void shell.kill('SIGKILL')}
}
