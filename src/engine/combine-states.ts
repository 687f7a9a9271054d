import type {ListenerState} from './engine.js'
import {bindingKey} from './listening/port-binding.js'

/** What several workers say of the same bindings: bound where all are, otherwise the first trouble. In the order of the first worker. */
export function combineStates(answers: readonly (readonly ListenerState[])[]): readonly ListenerState[] {
  const combined = new Map<string, ListenerState>()
  for (const state of answers.flat()) {
    const key = `${state.name} ${bindingKey(state)}`
    if (combined.get(key)?.bound ?? true) combined.set(key, state)
  }
  return [...combined.values()]
}
