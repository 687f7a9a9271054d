const ESCAPE = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|)/g
const CONTROLS: Readonly<Record<string, string>> = {a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\'}

/** The text of a quoted string with Go's escapes. Throws an Error in kubectl's words. Source: Go `strconv.UnquoteChar`. */
export function unquote(quoted: string): string {
  const quote = quoted[0] ?? ''
  return quoted.slice(1, -1).replace(ESCAPE, (_, named?: string, ...codes: (string | undefined)[]) => {
    if (named !== undefined && (named === quote || named in CONTROLS)) return CONTROLS[named] ?? named
    const [byte, short, long, octal] = codes
    const code = octal === undefined ? parseInt(byte ?? short ?? long ?? '', 16) : parseInt(octal, 8)
    if (Number.isNaN(code) || code > 0x10ffff) throw new Error(`unquote string ${quoted} error invalid syntax`)
    return String.fromCodePoint(code)
  })
}
