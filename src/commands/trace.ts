import {Args, Flags} from '@oclif/core'
import path from 'node:path'
import {BaseCommand} from '../cli/base-command.js'
import {repeatable} from '../cli/flags/repeatable.js'
import {inspectInstallation, routingOf, type Installation} from '../cli/inspect/installation.js'
import {traceQuestion} from '../cli/inspect/trace-question.js'
import {SourceLines, type SourceLine} from '../cli/report/source-lines.js'
import type {Known} from '../inspect/trace/known.js'
import type {BrokenLink, Step, Trace} from '../inspect/trace/trace.js'
import {traceConnection} from '../inspect/trace/trace-connection.js'
import {formatJson} from '../output/json.js'
import {renderTrace} from '../output/trace-view.js'
import {INGRESS} from '../resources/cluster.js'

type Located<T> = T & {readonly source?: SourceLine}

interface TraceReport extends Omit<Trace, 'steps' | 'broken'> {
  readonly steps: readonly Located<Step>[]
  readonly broken?: Located<BrokenLink>
}

export default class TraceCommand extends BaseCommand {
  static override summary = 'Say where a connection goes, and why: from the listener to the endpoints, with the object and line behind each decision.'
  static override description =
    'Follows what is in force where a gateway runs, and what is applied otherwise. Blocks that are passed over are named with the reason. ' +
    'Exit code 0 when every share of the connections reaches an endpoint, 1 when a link is broken; then it says which, and how to mend it.'
  static override examples = [
    '<%= config.bin %> trace 31400',
    '<%= config.bin %> trace 127.0.0.1:15443 --sni shop.example.com',
    '<%= config.bin %> trace tcp-echo.default:9000 --from 127.64.0.3',
  ]
  static override args = {target: Args.string({description: 'PORT or HOST:PORT', required: true, ignoreStdin: true})}
  static override flags = {
    sni: Flags.string({description: 'server name in the TLS ClientHello', helpValue: 'HOST'}),
    from: Flags.string({description: "the client's address", helpValue: 'IP'}),
    alpn: Flags.string({description: 'protocol the client offers (repeatable)', helpValue: 'PROTOCOL', ...repeatable}),
    output: Flags.option({char: 'o', options: ['text', 'json'] as const, default: 'text' as const, description: 'how to print it'})(),
  }

  async run(): Promise<TraceReport> {
    const {args, flags} = await this.parse(TraceCommand)
    const session = await this.session()
    const installation = await inspectInstallation(session)
    const known = await knownOf(installation)
    const question = traceQuestion(args.target, flags, {world: installation.world, gatewayAddress: known.gatewayAddress})
    const report = await locate(traceConnection(question, known), new SourceLines(installation.world.kinds.flat(), session.resources))
    this.out(flags.output === 'json' ? formatJson(report) : renderTrace(report, (part: Located<Step | BrokenLink>) => part.source && placeText(part.source)))
    if (report.broken !== undefined) process.exitCode = 1
    return report
  }
}

async function knownOf(installation: Installation): Promise<Known> {
  const {world, running} = installation
  const ingress = world.services.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.name === INGRESS.name)
  const gatewayAddress = running?.status.address ?? ingress?.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1'
  const live = running && {listeners: running.status.listeners, health: running.status.stats, drained: running.status.drained}
  return {snapshot: world, routing: await routingOf(installation), gatewayAddress, ...(live === undefined ? {} : {running: live})}
}

async function locate({target, steps, broken}: Trace, lines: SourceLines): Promise<TraceReport> {
  const located = await Promise.all(steps.map((step) => withSource(step, lines)))
  return {target, steps: located, ...(broken === undefined ? {} : {broken: await withSource(broken, lines)})}
}

async function withSource<T extends Step | BrokenLink>(part: T, lines: SourceLines): Promise<Located<T>> {
  const source = part.place && (await lines.find(part.place))
  return source === undefined ? part : {...part, source}
}

/** Short where it is below the working directory. */
function placeText({file, line}: SourceLine): string {
  const relative = path.relative(process.cwd(), file)
  return `${relative.startsWith('..') ? file : relative}:${line}`
}
