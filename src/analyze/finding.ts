import type {AnalyzedObject} from './analyzed-object.js'
import {formatGo, type GoValue} from './format-go.js'
import {messages, type Code} from './messages.js'

export const LEVELS = ['Error', 'Warning', 'Info'] as const
/** Worst first. */
export type Level = (typeof LEVELS)[number]

/** One thing analysis has to say. */
export interface Finding {
  /** Stable: `IST0101` means what it means in Istio, `TSHIFT…` are ours. */
  readonly code: Code
  readonly level: Level
  readonly message: string
  /** What it is about; absent where it is about no object. */
  readonly subject?: AnalyzedObject
  /** The line in the subject's file. */
  readonly line?: number
  /** What the message was made of. */
  readonly args: readonly GoValue[]
}

export type FieldPath = readonly (string | number)[]

/**
 * A finding about an object. Its place is the field at `path` where that is written in the file, and else the document's first line
 * (istio analyzers/util ErrorLine).
 */
export function report(subject: AnalyzedObject, code: Code, args: readonly GoValue[], path?: FieldPath): Finding {
  const {source, object} = subject
  const line = source === undefined ? undefined : path !== undefined && isWritten(object, path) ? source.lineOf(path) : source.line
  return {...reportPlain(code, args), subject, ...(line === undefined ? {} : {line})}
}

/** A finding about no object in particular. */
export function reportPlain(code: Code, args: readonly GoValue[]): Finding {
  const {level, template} = messages[code]
  return {code, level, message: formatGo(template, args), args}
}

/** The same finding with another level: routing says itself how bad its findings are. */
export function atLevel(finding: Finding, level: Level): Finding {
  return {...finding, level}
}

function isWritten(object: object, path: FieldPath): boolean {
  let value: unknown = object
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return false
    value = (value as Readonly<Record<string | number, unknown>>)[part]
  }
  return value !== undefined
}
