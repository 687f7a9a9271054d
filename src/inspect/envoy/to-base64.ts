/** Text as protobuf's JSON writes bytes: UTF-8 in base64. */
export function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** The contrary; empty where it is no base64. */
export function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
  } catch {
    return '' // from a file that anybody may have written
  }
}
