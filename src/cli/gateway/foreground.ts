import {UserError} from '../../base/user-error.js'
import {startGateway, type GatewayProcess} from '../../daemon/lifecycle/gateway-process.js'
import type {LaunchReport} from '../../daemon/lifecycle/launch.js'
import {accessLogEncoding, type GatewayFlags} from '../flags/gateway.js'
import {packageVersion} from '../package-version.js'
import type {Session} from '../session.js'

/**
 * Runs the gateway in this process until a signal or `tshift gateway stop` ends it. Where another process launched this one it is told,
 * once, whether the gateway got ready. Lines of the access log are written as they are, others behind the time.
 */
export async function runForeground(session: Session, flags: GatewayFlags, write: (text: string) => void): Promise<void> {
  const log = (line: string) => write(`${new Date().toISOString()} ${line}\n`)
  const interrupted = nextSignal() // from here on a signal means an orderly stop, also while it starts
  const gateway = await launch(session, flags, {log, access: (line) => write(`${line}\n`)})
  tellLauncher({type: 'ready', pid: process.pid})
  const {listeners} = await gateway.status()
  log(`ready: ${listeners.filter(({bound}) => bound).length} listener(s) at ${flags.bind}, pid ${process.pid}`)
  const why = await Promise.race([gateway.stopRequested.then(() => 'stop was asked for'), interrupted])
  log(`stopping: ${why}`)
  await gateway.stop()
}

async function launch(
  session: Session,
  flags: GatewayFlags,
  {log, access}: Readonly<Record<'log' | 'access', (line: string) => void>>,
): Promise<GatewayProcess> {
  const encoding = accessLogEncoding(flags)
  try {
    return await startGateway(session.resources, {
      home: session.home,
      address: flags.bind,
      workers: flags.seed === undefined ? flags.workers : 1,
      engine: flags.engine,
      drainMs: flags['drain-time'] * 1000,
      onChange: flags['on-change'],
      ...(flags.seed === undefined ? {} : {seed: flags.seed}),
      ...(encoding === undefined ? {} : {accessLog: {encoding, write: access}}),
      allowHostCommands: flags['allow-host-commands'],
      containerEngine: flags['container-engine'],
      adminPorts: {admin: flags['admin-port'], readiness: flags['readiness-port'], metrics: flags['metrics-port']},
      version: packageVersion(),
      log,
    })
  } catch (error) {
    const hint = error instanceof UserError && error.hint !== undefined ? {hint: error.hint} : {}
    tellLauncher({type: 'failed', message: error instanceof Error ? error.message : String(error), ...hint})
    throw error
  }
}

function tellLauncher(report: LaunchReport): void {
  if (process.connected) process.send?.(report, () => undefined) // whoever launched it may have gone meanwhile
}

/** SIGINT, SIGTERM or SIGHUP, whichever comes first. A second one ends the process at once, as it would without us. */
function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal))
  })
}
