import {wrk} from './wrk.js'

/** Requests on connections that stay. */
export const requests = {
  name: 'requests',
  needs: 'wrk',
  async measure(target, {seconds}) {
    const {perSecond, cpuUs} = await wrk(target, seconds, [])
    return {'requests/s kept': perSecond, 'CPU µs per request': cpuUs}
  },
}
