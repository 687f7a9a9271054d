import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {askGateway} from '../../daemon/control/control-client.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import {alreadyRunning} from '../../daemon/lifecycle/already-running.js'
import {launchGateway} from '../../daemon/lifecycle/launch.js'
import {gatewayLife} from '../../daemon/lifecycle/pid-file.js'
import type {Session} from '../session.js'

const ENTRY = fileURLToPath(new URL('../../../bin/tshift.js', import.meta.url))

/** Where a command prints: `out` data as it is, `say` lines for people. */
interface Printer {
  out(text: string): void
  say(line: string): void
}

/** Starts the gateway in the background and says where it listens and what it lacks. Throws a UserError where one runs already or it does not get ready. */
export async function launchAndSay({home}: Session, args: readonly string[], {out, say}: Printer): Promise<void> {
  const life = gatewayLife(home.pidFile)
  if (life.type === 'running') throw alreadyRunning(life.pid)
  writeFileSync(home.arguments, JSON.stringify(args), {mode: 0o600})
  const pid = await launchGateway(home, ENTRY, ['gateway', 'start', '--foreground', `--log-file=${home.log}`, ...args])
  const {listeners, admin} = await askGateway<GatewayStatus>(home.socket, 'status')
  const lines = listeners.filter(({bound}) => bound).map(({address, port, gateway}) => `  ${address}:${port}  ${gateway}`)
  out(`gateway started (pid ${pid})${lines.length === 0 ? '; no Gateway with a route is applied yet' : ''}\n${lines.map((line) => `${line}\n`).join('')}`)
  for (const {name, problem = ''} of admin.filter(({bound}) => !bound)) say(`warning: no ${name} port: ${problem}`)
}

/** How the gateway was started the last time; undefined where it never was. */
export function lastArguments({home}: Session): readonly string[] | undefined {
  try {
    return JSON.parse(readFileSync(home.arguments, 'utf8')) as readonly string[]
  } catch {
    return undefined // never started in the background: the defaults are right
  }
}
