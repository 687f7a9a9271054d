import {UserError} from '../../base/user-error.js'

/** Named default namespaces, as a kubeconfig has them. All contexts lead to the one cluster there is: this home. */
export interface Contexts {
  /** '' where none is. */
  readonly current: string
  readonly contexts: readonly Context[]
}

export interface Context {
  readonly name: string
  readonly namespace?: string
}

export const FIRST_CONTEXTS: Contexts = {current: 'tshift', contexts: [{name: 'tshift'}]}

/** The namespace of requests that name none. */
export function namespaceIn({current, contexts}: Contexts): string {
  return contexts.find(({name}) => name === current)?.namespace ?? 'default'
}

/** Makes a context the current one. Throws kubectl's UserError where there is none of that name. */
export function useContext(state: Contexts, name: string): Contexts {
  if (!state.contexts.some((context) => context.name === name)) throw new UserError(`no context exists with the name: "${name}"`)
  return {...state, current: name}
}

/** Makes or changes a context; an absent namespace leaves what it has, an empty one takes it away. */
export function setContext(state: Contexts, name: string, namespace: string | undefined): {readonly state: Contexts; readonly isNew: boolean} {
  const known = state.contexts.find((context) => context.name === name)
  const wanted = namespace ?? known?.namespace ?? ''
  const context: Context = {name, ...(wanted === '' ? {} : {namespace: wanted})}
  const contexts = known === undefined ? [...state.contexts, context] : state.contexts.map((other) => (other.name === name ? context : other))
  return {state: {...state, contexts}, isNew: known === undefined}
}

/** Throws kubectl's UserError where there is none of that name in `file`. */
export function deleteContext(state: Contexts, name: string, file: string): Contexts {
  if (!state.contexts.some((context) => context.name === name)) throw new UserError(`cannot delete context ${name}, not in ${file}`)
  return {...state, contexts: state.contexts.filter((context) => context.name !== name)}
}

/** The contexts as a kubeconfig, the shape `kubectl config view` prints. */
export function toKubeconfig({current, contexts}: Contexts, home: string) {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: [{name: CLUSTER, cluster: {server: `tshift:${home}`}}],
    users: [{name: CLUSTER, user: {}}],
    contexts: contexts.map(({name, namespace}) => ({name, context: {cluster: CLUSTER, user: CLUSTER, ...(namespace === undefined ? {} : {namespace})}})),
    'current-context': current,
  }
}

/** The one cluster, and its one user. */
export const CLUSTER = 'tshift'
