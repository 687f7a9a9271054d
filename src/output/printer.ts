import type {Section} from './section.js'

/** What happened to an object that is watched. */
export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/**
 * Turns objects into text for one `-o` format. A printer lives as long as one command: it remembers what it has printed
 * (headers, column widths), so that `get -w` can go on below.
 */
export interface Printer {
  /** A whole listing: a table per section, or one document with all objects. Nothing found is an empty string in a table. */
  print(sections: readonly Section[]): string
  /**
   * The objects one by one, as `get -w` shows first what is there and then each change. Further calls continue the same table or stream.
   * With `event`, what happened to them is printed too (`--output-watch-events`).
   */
  printEach(section: Section, event?: WatchEventType): string
}
