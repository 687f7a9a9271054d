import {UserError} from '../../base/user-error.js'

/** Unquoted, these mean something to a shell, and there is none: better refused than passed on as letters. */
const SHELL_SYNTAX = /[|&;<>`*]/
/** One piece of a word: 'quoted', "quoted" (\" and \\ escaped), \x, or plain. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y

/**
 * The words of a command: a JSON array of strings, or words between blanks with a shell's quotes but nothing else of a shell.
 * Throws a UserError that says what was expected.
 */
export function parseCommandWords(text: string): readonly string[] {
  const words = text.trimStart().startsWith('[') ? jsonWords(text) : plainWords(text)
  if (words.length === 0 || words[0] === '') throw refuse(text, 'it names no program')
  return words
}

function jsonWords(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((word): word is string => typeof word === 'string')) return value
  } catch (cause) {
    throw refuse(text, 'it begins with [ but is no JSON', cause)
  }
  throw refuse(text, 'a JSON command is an array of strings')
}

function plainWords(text: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  for (let index = 0; index < text.length; ) {
    if (/\s/.test(text.charAt(index))) {
      if (word !== undefined) words.push(word)
      word = undefined
      index += 1
      continue
    }
    const {value, end} = piece(text, index)
    word = (word ?? '') + value
    index = end
  }
  return word === undefined ? words : [...words, word]
}

function piece(text: string, index: number): {readonly value: string; readonly end: number} {
  PIECE.lastIndex = index
  const match = PIECE.exec(text)
  if (match === null) throw refuse(text, 'a quote is not closed')
  const [, single, double, escaped, plain] = match
  const [forShell] = SHELL_SYNTAX.exec(plain ?? '') ?? []
  if (forShell !== undefined) throw refuse(text, `${forShell} is for a shell; write ["sh", "-c", "…"] if you want one`)
  const value = single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? ''
  return {value, end: PIECE.lastIndex}
}

function refuse(text: string, why: string, cause?: unknown): UserError {
  return new UserError(`cannot read the command ${JSON.stringify(text)}: ${why}`, {cause})
}
