import {connect} from 'node:net'
import {goErrorText} from '../../../workload/echo/go-net-error.js'
import type {CheckResult} from './check.js'

/** Success where a connection is accepted. Source: kubernetes `pkg/probe/tcp`; the messages are Go's. */
export function checkTcp({host, port}: {readonly host: string; readonly port: number}, limit: AbortSignal): Promise<CheckResult> {
  return new Promise((resolve) => {
    const socket = connect({host, port})
    const done = (type: CheckResult['type'], message: string) => {
      limit.removeEventListener('abort', late)
      socket.destroy()
      resolve({type, message})
    }
    const late = () => done('failure', `dial tcp ${host}:${port}: i/o timeout`)
    if (limit.aborted) return late()
    limit.addEventListener('abort', late, {once: true})
    socket.on('connect', () => done('success', ''))
    socket.on('error', (error) => done('failure', dialError(error, host, port)))
  })
}

/** Why a connection could not be made, as Go says it. */
export function dialError(error: Error, host: string, port: number): string {
  const {syscall, code} = error as NodeJS.ErrnoException
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${host}: no such host`
  return `dial tcp ${host}:${port}: ${syscall ?? 'connect'}: ${goErrorText(error)}`
}
