import type {Engine} from '../../../src/engine/engine.js'

/** An engine whose listener states do not say who serves them, as the contract has them. */
export function anonymous(engine: Engine): Engine {
  const apply: Engine['apply'] = async (routing) => (await engine.apply(routing)).map(({engine: _, ...state}) => state)
  return {apply, stats: () => engine.stats(), close: () => engine.close()}
}
