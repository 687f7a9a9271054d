/** LMDB's limit at its default page size of 4 KiB; a Kubernetes key (group, resource, namespace, name) stays below 1 KiB. */
const MAX_KEY_BYTES = 1978

/** A key as the stores order it: UTF-8. Throws RangeError for a key that not every store could hold. */
export function keyBytes(key: string): Buffer {
  const bytes = Buffer.from(key)
  if (bytes.length === 0 || bytes.length > MAX_KEY_BYTES) {
    throw new RangeError(`a store key has 1 to ${MAX_KEY_BYTES} bytes, not ${bytes.length}: ${key.slice(0, 80)}`)
  }
  return bytes
}
