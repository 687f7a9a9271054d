import {readFileSync} from 'node:fs'

/** One command of a transcript, with what the real kubectl answered. */
export interface Recorded {
  /** As a shell would take it, without the program's name. */
  readonly line: string
  readonly words: readonly string[]
  /** stdout, then stderr. */
  readonly text: string
  readonly code: number
}

/** Reads `$ line`, what it printed, `# exit CODE`; a text without a newline at its end has `%` there. */
export function readTranscript(file: string): readonly Recorded[] {
  return [...readFileSync(file, 'utf8').matchAll(/^\$ (.*)\n([\s\S]*?)^# exit (\d+)\n/gm)].map(([, line = '', text = '', code]) => ({
    line,
    words: splitWords(line),
    text: text.endsWith('%\n') ? text.slice(0, -2) : text,
    code: Number(code),
  }))
}

function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''))
}
