/** The wish that a gateway process ends, from whoever has it. */
export interface StopSignal {
  readonly requested: Promise<void>
  request(): {readonly pid: number}
}

/** Whoever asks for the end is told whose end it is. */
export function stopSignal(): StopSignal {
  let resolveRequest: () => void = () => undefined
  const requested = new Promise<void>((resolve) => {
    resolveRequest = resolve
  })
  const request = () => {
    resolveRequest()
    return {pid: process.pid}
  }
  return {requested, request}
}
