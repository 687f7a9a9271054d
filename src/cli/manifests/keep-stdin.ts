/** Standard input that can be read more than once: what came first is kept. */
export function keepStdin(stdin: AsyncIterable<Buffer | string>): AsyncIterable<Buffer | string> {
  const chunks: (Buffer | string)[] = []
  let isRead = false
  return {
    async *[Symbol.asyncIterator]() {
      if (isRead) return yield* chunks
      for await (const chunk of stdin) {
        chunks.push(chunk)
        yield chunk
      }
      isRead = true
    },
  }
}
