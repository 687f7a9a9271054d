import type {Listener} from '../../routing/routing.js'
import {describeBinding} from './describe-binding.js'
import type {Known, Question} from './known.js'
import type {Trail} from './trace.js'

/** The listener a connection meets: its own port, or one that leads there. */
export function findListener({address, port}: Question, {routing, gatewayAddress}: Known): Listener | undefined {
  const isThere = ({bind}: Listener) =>
    address === undefined || bind === address || (bind === '0.0.0.0' && (address === gatewayAddress || gatewayAddress === '0.0.0.0'))
  const fitting = routing.listeners.filter((listener) => (listener.port === port || listener.aliases.includes(port)) && isThere(listener))
  return fitting.find(({bind}) => bind === '0.0.0.0') ?? fitting[0]
}

/** Whether it listens: what the running gateway says, or nothing where none runs. */
export function listenerTrail(listener: Listener, {port}: Question, {running, gatewayAddress}: Known): Trail {
  const {name, bind} = listener
  const alias = port === listener.port ? '' : `, which port ${port} leads to`
  const step = (text: string): Trail['steps'][number] => ({kind: 'listener', text: `${name}${alias}${text}`, depth: 0})
  if (running === undefined) return {steps: [step('; no gateway runs')]}
  const address = bind === '0.0.0.0' ? gatewayAddress : bind
  if (running.drained)
    return {steps: [step('')], broken: {text: 'the gateway was told to drain: it accepts no connections', mend: "start it anew: 'tshift gateway restart'"}}
  const report = running.listeners.find((one) => one.name === name && one.port === port)
  if (report === undefined || report.bound) return {steps: [step(`, bound at ${describeBinding(report?.address ?? address, port)}`)]}
  const problem = report.problem ?? `port ${port} is not bound`
  return {
    steps: [step(', not bound')],
    broken: {text: problem, mend: "end the process that holds the port, change the Gateway's port, or start the gateway with another --bind"},
  }
}
