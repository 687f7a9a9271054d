import {askVersion, startGateway} from '../gateway.js'
import {quantile} from '../quantile.js'

const ADDRESS = '127.77.1.1'
/** So many answers in a row are those of all workers. */
const IN_A_ROW = 6

/**
 * From the write of new weights to the first connection from which on all follow them, through a whole gateway: store, watch, compile, workers. All weight goes
 * to and fro between v1 and v2. The start of the process of `apply` is not in it; see start-up.
 */
export const inForce = {
  name: 'in-force',
  async measure({changes}) {
    const gateway = await startGateway(ADDRESS)
    const {Session} = await import('../../../dist/cli/session.js')
    const session = await Session.open(gateway.env)
    const times = []
    try {
      const virtualService = (await session.resources.listAll()).items.find(({kind}) => kind === 'VirtualService')
      for (let i = 0; i < changes; i++) times.push(await change(session.resources, virtualService, i % 2 === 0 ? 'v2' : 'v1'))
    } finally {
      await session.close()
      await gateway.stop()
    }
    const row = {name: 'write of new weights → in force', values: {p50: quantile(times, 0.5), p99: quantile(times, 0.99), most: Math.max(...times)}}
    return {title: `New weights, ms, ${changes} changes`, columns: ['p50', 'p99', 'most'], rows: [row]}
  },
}

const ANSWERS = {v1: 'one', v2: 'two'}

async function change(resources, virtualService, subset) {
  const {metadata} = virtualService
  const current = (await resources.listAll()).items.find(({kind, metadata: {name}}) => kind === 'VirtualService' && name === metadata.name)
  const [tcp] = current.spec.tcp
  const destination = {...tcp.route[0].destination, subset}
  const startMs = performance.now()
  await resources.update({...current, spec: {...current.spec, tcp: [{...tcp, route: [{destination}]}]}})
  let sinceMs = performance.now()
  for (let inARow = 0; inARow < IN_A_ROW; ) {
    const askedMs = performance.now()
    const isNew = (await askVersion(ADDRESS)) === ANSWERS[subset]
    if (isNew && inARow === 0) sinceMs = askedMs
    inARow = isNew ? inARow + 1 : 0
  }
  return sinceMs - startMs
}
