/** What an HTTP request to the gateway's admin, readiness or metrics port is answered with. */
export interface Answer {
  readonly status: number
  readonly type: 'text/plain; charset=UTF-8' | 'application/json' | 'text/plain; version=0.0.4'
  readonly body: string
}

/** One thing that can be asked for. */
export interface Page {
  readonly path: string
  /** A line for `/help`. */
  readonly help: string
  /** Something changes: only POST is taken. Everything else is read with GET, or POST as Envoy allows. */
  readonly mutates?: true
  /** Has it carried out what it does when it resolves; may throw an `AnswerError`. */
  answer(query: URLSearchParams): Promise<Answer>
}

/** A request that cannot be served, in words for the one who asked. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** An answer in plain text, as Envoy's pages give it. */
export function text(body: string, status = 200): Answer {
  return {status, type: 'text/plain; charset=UTF-8', body}
}

/** An answer in JSON, indented by one space as Envoy prints it. */
export function json(value: unknown): Answer {
  return {status: 200, type: 'application/json', body: `${JSON.stringify(value, undefined, 1)}\n`}
}

/** An answer in Prometheus' text format. */
export function prometheus(body: string): Answer {
  return {status: 200, type: 'text/plain; version=0.0.4', body}
}
