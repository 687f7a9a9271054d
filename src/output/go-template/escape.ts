const HTML: Readonly<Record<string, string>> = {'"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\ufffd'}

/** Source: Go `template.HTMLEscape`. */
export function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (char) => HTML[char] ?? char)
}

/** Source: Go `template.JSEscape`. */
export function escapeJs(text: string): string {
  return text
    .replace(/[\\'"]/g, '\\$&')
    .replace(/[<>&=\0-\x1f\x7f-\xa0\u2028\u2029\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}

/** Source: Go `url.QueryEscape`. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
