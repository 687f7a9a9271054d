/** What a terminal could take for a command: C0, DEL, C1, line separators, and the marks that turn the direction of writing. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** Text from elsewhere, safe to print in one line of at most `limit` characters: answers are whatever a server sent. */
export function printable(text: string, limit = 24): string {
  const safe = text.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return safe.length <= limit ? safe : `${safe.slice(0, limit - 1)}…`
}
