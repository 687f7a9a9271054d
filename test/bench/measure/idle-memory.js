import {fork} from 'node:child_process'
import {once} from 'node:events'
import path from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {residentBytes} from '../processes.js'

/** What one connection costs the proxy's processes while nothing flows, with many open. */
export const idleMemory = {
  name: 'idle-memory',
  once: true,
  async measure({address, idle, pid, forks}, {idleConnections}) {
    if (pid === undefined || forks === true) return {}
    const holder = fork(path.join(import.meta.dirname, '../holding-client.js'), [address, String(idle)])
    const hold = async (count) => {
      holder.send(count)
      const [{error}] = await once(holder, 'message')
      if (error !== undefined) throw new Error(error)
      await delay(500)
    }
    try {
      await hold(200)
      await hold(0) // what it allocates once is not counted
      const before = residentBytes(pid)
      await hold(idleConnections)
      return {[`KiB per idle connection (${idleConnections})`]: (residentBytes(pid) - before) / 1024 / idleConnections}
    } finally {
      holder.disconnect()
      await once(holder, 'exit')
    }
  },
}
