import type {Captured} from './captured-commands.js'

const READING = /^tshift (get|describe|explain|logs|exec|version|cluster-info|api-resources|auth|rollout history)\b/

/** Whether a command leaves everything as it is, so that it can be typed at the same time as its neighbours: one that reads, or is refused. */
export function changesNothing({command, exitCode}: Captured): boolean {
  return exitCode !== 0 || command.includes('--dry-run') || READING.test(command)
}
