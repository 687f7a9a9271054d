import type {Captured} from './captured-commands.js'

/** Those that start a program, and the command that there is not, which ends the process. */
const NEEDS_PROCESS = /^tshift (exec|diff|foo)\b/
const READING = /^tshift (get|describe|explain|logs|version|cluster-info|api-resources|auth|rollout history)\b/

/** Whether a command leaves everything as it is and can be run in the process of the test: one that reads, or is refused. */
export function changesNothing({command, exitCode}: Captured): boolean {
  if (NEEDS_PROCESS.test(command)) return false
  return exitCode !== 0 || command.includes('--dry-run') || READING.test(command)
}
