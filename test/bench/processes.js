import {readdirSync, readFileSync} from 'node:fs'

/** Linux counts a process's time in hundredths of a second. */
const TICK_S = 0.01

/** The processes that a process has started. */
export function childrenOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter((text) => text !== '').map(Number)
}

/** Resident memory of a process and all below it, bytes. */
export function residentBytes(pid) {
  return sumOfTree(pid, (id) => 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0))
}

/** Processor seconds that a process and all below it have used, in user space and in the kernel, those that ended included. */
export function cpuSeconds(pid) {
  return sumOfTree(pid, (id) => fieldsOf(id).slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_S, 0))
}

function sumOfTree(pid, valueOf) {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return [{pid: Number(name), parent: Number(fieldsOf(name)[1]), value: valueOf(name)}]
    } catch {
      return [] // it ended meanwhile
    }
  })
  const sum = (root) => processes.filter(({parent}) => parent === root).reduce((total, child) => total + sum(child.pid), processes.find((each) => each.pid === root)?.value ?? 0)
  return sum(pid)
}

/** What follows the name, which is in brackets and may have anything in it: state, parent, … (proc(5), stat). */
function fieldsOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
