/**
 * Breaks lines at spaces so that none is longer than `limit` characters, but for words that are; spaces within a line stay as they are.
 * A word is moved to a line of its own when it does not fit behind two or more characters. Source: mitchellh/go-wordwrap.
 */
export function wrapWords(text: string, limit: number): string {
  return text.split('\n').map((line) => wrapLine(line, limit)).join('\n')
}

function wrapLine(line: string, limit: number): string {
  let wrapped = ''
  let length = 0
  for (const [, spaces = '', word = ''] of line.matchAll(/(\s*)(\S*)/g)) {
    const before = length + spaces.length
    if (word === '') {
      wrapped += before > limit ? '' : spaces
    } else if (before + word.length > limit && before > 1) {
      wrapped += `\n${word}`
      length = word.length
    } else {
      wrapped += spaces + word
      length = before + word.length
    }
  }
  return wrapped
}

/** Every line moved in, empty ones too. */
export function indentText(text: string, amount: number): string {
  const pad = ' '.repeat(amount)
  return pad + text.replaceAll('\n', `\n${pad}`)
}
