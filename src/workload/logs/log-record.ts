/** One line of a container's log. */
export interface LogRecord {
  /** RFC 3339 with nanoseconds, UTC. */
  readonly time: string
  readonly text: string
}

/** All times have one length, so they compare as strings and lines are cut at fixed places. */
const TIME_LENGTH = '2006-01-02T15:04:05.000000000Z'.length
const STREAM = ' stdout F '

/** Unix epoch ms as log times are written. */
export function formatLogTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000000Z`
}

/** A line of the file, without its newline. Source: Kubernetes CRI logging format; F for a full line. */
export function formatLogRecord({time, text}: LogRecord): string {
  return time + STREAM + text
}

export function parseLogRecord(line: string): LogRecord {
  return {time: line.slice(0, TIME_LENGTH), text: line.slice(TIME_LENGTH + STREAM.length)}
}
