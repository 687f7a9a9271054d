import {wrk} from './wrk.js'

/** A new connection for each request. */
export const connections = {
  name: 'connections',
  needs: 'wrk',
  async measure(target, {seconds}) {
    const {perSecond, cpuUs} = await wrk(target, seconds, ['-H', 'Connection: close'])
    return {'new connections/s': perSecond, 'CPU µs per connection': cpuUs}
  },
}
