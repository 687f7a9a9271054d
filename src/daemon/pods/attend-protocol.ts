/** What a client that runs a container's program and the gateway tell each other, a line of JSON each. */
export type ClientLine = {readonly type: 'output'; readonly base64: string} | {readonly type: 'exited'; readonly exitCode: number}
/** The container has to end. */
export type GatewayLine = {readonly type: 'stop'; readonly graceMs: number}

/** The request's first word, and the protocol it is upgraded to. */
export const ATTEND = 'attend'
