import {compareBytes} from '../byte-order.js'
import {environmentLines} from './environment.js'
import type {Fields} from './fields.js'
import {probeText} from './probe.js'
import {canonicalQuantity} from './quantity.js'
import {formatMoment} from './times.js'

/** Where containers stand: in a pod, with what became of them, or in a template, one step further in. */
export type Place = {readonly type: 'pod'; readonly pod: Fields; readonly statuses: readonly Fields[]} | {readonly type: 'template'}

/** Source: kubectl `describeContainers`. */
export function containerLines(title: string, containers: readonly Fields[], place: Place): readonly string[] {
  const [indent, nameIndent] = place.type === 'pod' ? ['', '  '] : ['  ', '   ']
  const statusOf = (name: string) => (place.type === 'pod' ? place.statuses.find((status) => status.text('name') === name) : undefined)
  return [
    `${indent}${title}:${containers.length === 0 ? ' <none>' : ''}`,
    ...containers.flatMap((container) => {
      const name = container.text('name')
      return [`${nameIndent}${name}:`, ...detailLines(container, statusOf(name), place.type === 'pod' ? place.pod : undefined)]
    }),
  ]
}

function detailLines(container: Fields, status: Fields | undefined, pod: Fields | undefined): readonly string[] {
  return [
    ...(status === undefined ? [] : [`    Container ID:\t${status.text('containerID')}`]),
    `    Image:\t${container.text('image')}`,
    ...(status === undefined ? [] : [`    Image ID:\t${status.text('imageID')}`]),
    ...portLines(container),
    ...seccompLines(container.at('securityContext.seccompProfile'), '    ', '      '),
    ...wordLines('Command', container.texts('command')),
    ...wordLines('Args', container.texts('args')),
    ...(status === undefined ? [] : statusLines(status)),
    ...resourceLines(container.at('resources'), '    '),
    ...probeLines(container),
    ...environmentLines(container, pod),
    ...mountLines(container),
  ]
}

function portLines(container: Fields): readonly string[] {
  const ports = container.items('ports')
  const plural = ports.length > 1 ? 's' : ''
  const join = (field: string) => ports.map((port) => `${port.number(field)}/${port.text('protocol')}${nameOf(port)}`).join(', ') || '<none>'
  return [`    Port${plural}:\t${join('containerPort')}`, `    Host Port${plural}:\t${join('hostPort')}`]
}

function nameOf(port: Fields): string {
  const name = port.text('name')
  return name === '' ? '' : ` (${name})`
}

/** `indent` for the profile, `inner` for the file of a local one. */
export function seccompLines(profile: Fields, indent: string, inner: string): readonly string[] {
  if (profile.value === null) return []
  const local = profile.text('type') === 'Localhost' ? [`${inner}LocalhostProfile:\t${profile.text('localhostProfile')}`] : []
  return [`${indent}SeccompProfile:\t${profile.text('type')}`, ...local]
}

function wordLines(title: string, words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [`    ${title}:`, ...words.flatMap((word) => word.split('\n')).map((line) => `      ${line}`)]
}

function statusLines(status: Fields): readonly string[] {
  return [
    ...stateLines('State', status.at('state')),
    ...(status.has('lastState.terminated') ? stateLines('Last State', status.at('lastState')) : []),
    `    Ready:\t${status.flag('ready') ? 'True' : 'False'}`,
    `    Restart Count:\t${status.number('restartCount')}`,
  ]
}

function stateLines(title: string, state: Fields): readonly string[] {
  if (state.has('running')) return [`    ${title}:\tRunning`, `      Started:\t${formatMoment(state.text('running.startedAt'))}`]
  if (state.has('terminated')) return [`    ${title}:\tTerminated`, ...terminatedLines(state.at('terminated'))]
  return [`    ${title}:\tWaiting`, ...(state.text('waiting.reason') === '' ? [] : [`      Reason:\t${state.text('waiting.reason')}`])]
}

function terminatedLines(end: Fields): readonly string[] {
  const reason = end.text('reason') === '' ? [] : [`Reason:\t${end.text('reason')}`]
  const message = end.text('message') === '' ? [] : [`Message:\t${end.text('message')}`]
  const signal = end.number('signal') > 0 ? [`Signal:\t${end.number('signal')}`] : []
  const times = [`Started:\t${formatMoment(end.text('startedAt'))}`, `Finished:\t${formatMoment(end.text('finishedAt'))}`]
  return [...reason, ...message, `Exit Code:\t${end.number('exitCode')}`, ...signal, ...times].map((line) => `      ${line}`)
}

/** Limits and requests, each by name. */
export function resourceLines(resources: Fields, indent: string): readonly string[] {
  return (['Limits', 'Requests'] as const).flatMap((title) => {
    const pairs = resources.pairs(title.toLowerCase())
    return pairs.length === 0 ? [] : [`${indent}${title}:`, ...pairs.map(([name, value]) => `${indent}  ${name}:\t${canonicalQuantity(value)}`)]
  })
}

function probeLines(container: Fields): readonly string[] {
  const probes = [['Liveness', 'livenessProbe'], ['Readiness', 'readinessProbe'], ['Startup', 'startupProbe']] as const
  return probes.flatMap(([title, field]) => (container.has(field) ? [`    ${title}:\t${probeText(container.at(field))}`] : []))
}

function mountLines(container: Fields): readonly string[] {
  const mounts = container.items('volumeMounts')
  const none = mounts.length === 0 ? '\t<none>' : ''
  const devices = container.items('volumeDevices')
  return [
    `    Mounts:${none}`,
    ...sortedBy(mounts, 'mountPath').map((mount) => `      ${mount.text('mountPath')} from ${mount.text('name')} (${mountFlags(mount)})`),
    ...(devices.length === 0 ? [] : [`    Devices:${none}`]),
    ...sortedBy(devices, 'devicePath').map((device) => `      ${device.text('devicePath')} from ${device.text('name')}`),
  ]
}

function mountFlags(mount: Fields): string {
  const path = mount.text('subPath')
  return [mount.flag('readOnly') ? 'ro' : 'rw', ...(path === '' ? [] : [`path=${JSON.stringify(path)}`])].join(',')
}

/** By the bytes of a field's text. */
export function sortedBy(items: readonly Fields[], field: string): readonly Fields[] {
  return [...items].sort((left, right) => compareBytes(left.text(field), right.text(field)))
}
