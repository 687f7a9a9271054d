import {measureChanges} from '../change.js'

/** What one change costs the gateway process in a world of 1,000 VirtualServices and 10,000 endpoints, and what a change of all of them, one after the other. */
export const change = {
  name: 'change',
  async measure({changes}) {
    const {inForceMs, cpuMs, readiness, bulk} = await measureChanges({changes})
    const rows = [
      {name: 'write → all workers have answered', values: {p50: inForceMs.p50, p99: inForceMs.p99}},
      {name: 'processor, until idle again', values: {p50: cpuMs.p50, p99: cpuMs.p99}},
      {name: 'readiness of a pod → all workers have answered', values: {p50: readiness.inForceMs.p50, p99: readiness.inForceMs.p99}},
      {name: 'processor, until idle again', values: {p50: readiness.cpuMs.p50, p99: readiness.cpuMs.p99}},
      {name: `processor, of each of ${bulk.changes} in a row`, values: {p50: bulk.cpuMs / bulk.changes}},
    ]
    return {title: `One change among 1,000 VirtualServices and 10,000 endpoints, ms, ${changes} changes`, columns: ['p50', 'p99'], rows}
  },
}
