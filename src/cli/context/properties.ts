import {UserError} from '../../base/user-error.js'
import {setContext, type Contexts} from './contexts.js'

/** Whose entries are not the user's: there is one cluster, and one user of it. */
const FIXED = new Set(['clusters', 'users'])
/** What else a kubeconfig has, and a context. */
const PROPERTIES = new Set(['current-context', 'contexts'])
const OF_CONTEXT = new Set(['cluster', 'namespace', 'user'])

/**
 * `config set PROPERTY VALUE`: `current-context` or `contexts.NAME.namespace`. Throws a UserError for what is fixed here, and kubectl's for what is no
 * property.
 */
export function setProperty(state: Contexts, property: string, value: string): Contexts {
  const [first, name, field] = stepsOf(property)
  if (first === 'current-context') return {...state, current: value}
  if (name === undefined || field === undefined) throw new UserError("can't set a map to a value")
  if (field !== 'namespace') throw fixed(`the ${field} of a context`)
  return setContext(state, name, value).state
}

/** `config unset PROPERTY`: what it names is gone afterwards, whether it was there or not. Throws as `setProperty`. */
export function unsetProperty(state: Contexts, property: string): Contexts {
  const [first, name, field] = stepsOf(property)
  if (first === 'current-context') return {...state, current: ''}
  if (name === undefined) return {...state, contexts: []}
  if (field === undefined) return {...state, contexts: state.contexts.filter((context) => context.name !== name)}
  if (field !== 'namespace') throw fixed(`the ${field} of a context`)
  return state.contexts.some((context) => context.name === name) ? setContext(state, name, '').state : state
}

function stepsOf(property: string): readonly [first: string, name: string | undefined, field: string | undefined] {
  const [first = '', name, field, ...rest] = property.split('.')
  if (FIXED.has(first)) throw fixed(`${first} of a kubeconfig`)
  if (!PROPERTIES.has(first) || rest.length > 0) throw new UserError(`unable to parse ${property} after [] at api.Config`)
  if (field !== undefined && !OF_CONTEXT.has(field)) throw new UserError(`unable to parse ${field} after [contexts ${name}] at api.Context`)
  return [first, name, field]
}

function fixed(what: string): UserError {
  return new UserError(`${what} cannot be changed: there is one cluster, the state in TSHIFT_HOME`, {hint: 'another TSHIFT_HOME is another cluster'})
}

/** Throws kubectl's UserErrors where there is no such context, or already one of the new name. */
export function renameContext(state: Contexts, {from, to, file}: {readonly from: string; readonly to: string; readonly file: string}): Contexts {
  const isThere = (name: string) => state.contexts.some((context) => context.name === name)
  if (!isThere(from)) throw new UserError(`cannot rename the context "${from}", it's not in ${file}`)
  if (isThere(to)) throw new UserError(`cannot rename the context "${from}", the context "${to}" already exists in ${file}`)
  const contexts = state.contexts.map((context) => (context.name === from ? {...context, name: to} : context))
  return {current: state.current === from ? to : state.current, contexts}
}
