import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {parseLabels} from './parse-labels.js'

export interface PodOptions {
  readonly image: string
  readonly port?: string | undefined
  /** `NAME=VALUE` each. */
  readonly env: readonly string[]
  /** `a=b,c=d`; without it the pod is labelled `run=NAME`. */
  readonly labels?: string | undefined
  readonly annotations: readonly string[]
  readonly words: readonly string[]
  /** The words are the command, not its arguments. */
  readonly isCommand: boolean
  readonly restart: string
  readonly stdin: boolean
  readonly tty: boolean
  readonly leaveStdinOpen: boolean
  readonly privileged: boolean
  readonly imagePullPolicy?: string | undefined
}

/** The pod `run` makes. Throws a UserError for variables, labels and ports that are none. Source: kubectl `generate/versioned/run.go` `BasicPod`. */
export function podOf({name, ...metadata}: ObjectMeta, options: PodOptions): KubeObject {
  const {annotations} = options
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      ...metadata,
      labels: (options.labels ?? '') === '' ? {run: name} : parseLabels(options.labels ?? ''),
      ...(annotations.length === 0 ? {} : {annotations: Object.fromEntries(annotations.map(parseAnnotation))}),
    },
    ...{spec: {containers: [containerOf(name, options)], restartPolicy: options.restart, dnsPolicy: 'ClusterFirst'}, status: {}},
  }
}

function containerOf(name: string, options: PodOptions): object {
  const {image, words, isCommand, imagePullPolicy = ''} = options
  const env = options.env.map(parseVariable)
  return {
    name,
    image,
    ...(words.length === 0 ? {} : {[isCommand ? 'command' : 'args']: words}),
    ...((options.port ?? '') === '' ? {} : {ports: [{containerPort: parsePort(options.port ?? '')}]}),
    ...(env.length === 0 ? {} : {env}),
    resources: {},
    ...(imagePullPolicy === '' ? {} : {imagePullPolicy}),
    ...(options.privileged ? {securityContext: {privileged: true}} : {}),
    ...(options.stdin ? {stdin: true, ...(options.leaveStdinOpen ? {} : {stdinOnce: true})} : {}),
    ...(options.tty ? {tty: true} : {}),
  }
}

function parseVariable(text: string): object {
  const at = text.indexOf('=')
  const name = text.slice(0, at)
  if (at < 1 || !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) throw new UserError(`invalid env: ${text}`)
  return {name, value: text.slice(at + 1)}
}

function parseAnnotation(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UserError(`unexpected annotation: ${text}`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function parsePort(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  throw new UserError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
}
