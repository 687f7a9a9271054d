import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {parseAddresses} from './addresses.js'
import {ForwardedPort, type ForwardDeps} from './forward.js'
import {parsePortPair} from './ports.js'
import {forwardTarget, requireRunning, type ForwardTargetOptions} from './target.js'
import {untilLost} from './until-lost.js'

export interface ForwardPortsOptions extends ForwardTargetOptions {
  /** `[LOCAL:]REMOTE` each. */
  readonly ports: readonly string[]
  /** IP addresses or `localhost`, also several in one word. */
  readonly addresses: readonly string[]
}

export interface ForwardPortsDeps extends ForwardDeps {
  readonly resources: Resources
  readonly signal: AbortSignal
}

/** Forwards ports of this machine to a pod until the signal is aborted. Throws a UserError when no port can be listened on, and when the pod is lost. */
export async function forwardPorts(options: ForwardPortsOptions, deps: ForwardPortsDeps): Promise<void> {
  const {resources, signal} = deps
  const target = await forwardTarget(options, resources)
  const ports = options.ports.map((text) => target.resolve(parsePortPair(text)))
  requireRunning(target.pod) // after the ports, as kubectl has it
  const addresses = parseAddresses(options.addresses)
  const opened: ForwardedPort[] = []
  try {
    for (const port of ports) {
      const forwarded = await ForwardedPort.open({...port, addresses}, deps)
      if (forwarded !== undefined) opened.push(forwarded)
    }
    const pairs = ports.map(({local, remote}) => `{${local} ${remote}}`).join(' ')
    if (opened.length === 0) throw new UserError(`unable to listen on any of the requested ports: [${pairs}]`)
    if (await untilLost(target.pod, resources, signal)) throw new UserError('lost connection to pod')
  } finally {
    for (const port of opened) port.close()
  }
}
