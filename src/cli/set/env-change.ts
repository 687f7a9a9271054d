import type {Container, EnvVar} from '../../api/kinds/pod-spec.js'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {requireVariableName} from '../create/key-name.js'
import {containerPattern} from './container-pattern.js'
import type {PodChange} from './change-pods.js'
import {containersOf, mapContainers} from './pod-spec.js'

export interface VariableChange {
  readonly set: readonly EnvVar[]
  readonly remove: readonly string[]
}

/** `KEY=VALUE` or `KEY-`. */
export function isVariableChange(word: string): boolean {
  return word.endsWith('-') || /^[^/=]+=/.test(word)
}

/** Throws a UserError for names that are none, and for a variable both set and removed. Source: kubectl `env/env_parse.go`. */
export function parseVariableChange(words: readonly string[]): VariableChange {
  const set: EnvVar[] = []
  const remove: string[] = []
  for (const word of words) {
    const at = word.indexOf('=')
    if (at === -1 && !word.endsWith('-')) throw new UserError(`unknown argument: ${word}`)
    if (at === -1) remove.push(word.slice(0, -1))
    else {
      requireVariableName(word.slice(0, at))
      set.push({name: word.slice(0, at), value: word.slice(at + 1)})
    }
  }
  if (set.some(({name}) => remove.includes(name))) throw new UserError('can not both modify and remove the same environment variable in the same command')
  return {set, remove}
}

export interface EnvOptions {
  /** Which containers: a name, with `*` for anything. */
  readonly containers: string
  readonly overwrite: boolean
}

/** The change of variables in each container that is meant. Source: kubectl `set_env.go`. */
export function envChange({set, remove}: VariableChange, {containers, overwrite}: EnvOptions): PodChange {
  const isMeant = containerPattern(containers)
  return {
    operation: 'env updated',
    refusal: 'failed to patch env update to pod template: ',
    apply(spec, object) {
      const meant = containersOf(spec).filter(({name}) => isMeant(name))
      if (!overwrite) requireNew(object, meant, set)
      const warnings = meant.length === 0 ? [`${object.kind}/${object.metadata.name} does not have any containers matching ${JSON.stringify(containers)}`] : []
      return {spec: mapContainers(spec, (container) => (isMeant(container.name) ? withVariables(container, set, remove) : container)), warnings}
    },
  }
}

function requireNew({kind, metadata}: KubeObject, containers: readonly Container[], set: readonly EnvVar[]): void {
  const present = containers.flatMap(({env = []}) => env)
  const clash = set.map(({name}) => present.find((one) => one.name === name)).find((one) => one !== undefined)
  if (clash === undefined) return
  throw new UserError(`${kind.toLowerCase()}s/${metadata.name} '${clash.name}' already has a value (${clash.value ?? ''}), and --overwrite is false`)
}

/** What is there keeps its place, what is new comes behind it. */
function withVariables(container: Container, set: readonly EnvVar[], remove: readonly string[]): Container {
  const {env: present = [], ...rest} = container
  const kept = present.filter(({name}) => !remove.includes(name))
  const last = new Map(set.map((one) => [one.name, one]))
  const changed = kept.map((one) => last.get(one.name) ?? one)
  const added = [...last.values()].filter(({name}) => !kept.some((one) => one.name === name))
  const env = [...changed, ...added]
  return env.length === 0 ? rest : {...rest, env}
}
