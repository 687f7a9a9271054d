import {Args, Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {dumpParts, type DumpParts} from '../../inspect/dump-parts.js'
import {clusterStatuses} from '../../inspect/envoy/cluster-statuses.js'
import {configDump} from '../../inspect/envoy/config-dump.js'
import {toCamelCase} from '../../inspect/envoy/proto-names.js'
import {listAt} from '../../inspect/envoy/reading.js'
import {hasPages, podView} from '../../inspect/pod-view.js'
import {indexRules, ruleRefs} from '../../inspect/rule-of.js'
import {formatJson} from '../../output/json.js'
import {alignRows} from '../../output/tabwriter.js'
import {formatYaml} from '../../output/yaml.js'
import {NO_COUNTS} from '../../inspect/counts.js'
import {NO_SECRETS, secretTable, type DumpedSecrets} from '../../inspect/tables/secrets.js'
import {BaseCommand} from '../base-command.js'
import {namespaceFlag} from '../flags/namespace.js'
import {readSources} from '../manifests/manifest-sources.js'
import {inspectInstallation, routingOf, type RunningGateway} from './installation.js'
import {certificateReader} from './read-certificate.js'
import {proxyTarget} from './proxy-target.js'

/** What a proxy is configured with, in the shapes of Envoy's admin pages. */
export interface ProxyConfig extends DumpParts {
  readonly dump: Json
  /** As `/clusters?format=json` lists them. */
  readonly statuses: readonly Json[]
  /** Who serves it and what of it is not in force, for people; nothing where no gateway runs. */
  readonly remarks: readonly string[]
}

export const proxyArgs = {pod: Args.string({description: 'pod, pod.namespace or deployment/name (default: the ingress gateway)', ignoreStdin: true})}

export const istioNamespaceFlag = {
  istioNamespace: Flags.string({char: 'i', description: "namespace of Istio's own workloads", default: 'istio-system', helpValue: 'NAMESPACE'}),
}

export const proxyFlags = {
  ...namespaceFlag,
  ...istioNamespaceFlag,
  output: Flags.option({char: 'o', options: ['short', 'json', 'yaml'] as const, default: 'short' as const, description: 'how to print it'})(),
  file: Flags.string({
    char: 'f',
    description: "take Envoy's config dump from a file, also one of a real cluster (endpoints: the JSON of /clusters)",
    helpValue: 'FILE',
  }),
}

export interface ProxyFlags {
  readonly namespace?: string | undefined
  readonly istioNamespace: string
  readonly file?: string | undefined
}

/** What `proxy-config` commands share: where the configuration comes from and how tables and documents are printed. */
export abstract class ProxyConfigCommand extends BaseCommand {
  protected async load(pod: string | undefined, flags: ProxyFlags): Promise<ProxyConfig> {
    if (flags.file !== undefined) return readDump(flags.file)
    const installation = await inspectInstallation(await this.session())
    const {world, running, revision} = installation
    const target = proxyTarget(pod, world, {namespace: flags.namespace, istioNamespace: flags.istioNamespace})
    const view = podView(await routingOf(installation), target.id, target.pod?.status?.podIP)
    const ruleOf = ruleRefs(indexRules(world, target.proxy))
    const dump = configDump(view, {version: running?.status.revision ?? revision, ruleOf, hasPages: hasPages(target.id)})
    return {
      dump,
      ...dumpParts(dump),
      statuses: listAt(clusterStatuses(view, running?.status.stats ?? NO_COUNTS), 'clusterStatuses'),
      remarks: remarksOn(running),
    }
  }

  protected printTable(rows: readonly (readonly string[])[], padding = 5): void {
    this.out(alignRows(rows, {minWidth: 0, padding}))
  }

  protected printSecrets(secrets: DumpedSecrets): void {
    if (secrets.active.length + secrets.warming.length === 0) this.out(NO_SECRETS)
    else this.printTable(secretTable(secrets, certificateReader(Date.now())))
  }

  protected printDocument(output: 'json' | 'yaml', document: unknown): void {
    this.out(output === 'json' ? formatJson(document) : formatYaml(document))
  }
}

function remarksOn(running: RunningGateway | undefined): readonly string[] {
  if (running === undefined) return []
  const {engine, address, listeners} = running.status
  const problems = listeners.filter(({bound, alias}) => !bound && !alias).map(({name, problem = ''}) => `not bound: ${name}: ${problem}`)
  const others = listeners
    .filter((listener) => !listener.alias && listener.engine !== engine)
    .map((listener) => `${listener.name} by the ${listener.engine} engine`)
  return [`served by the ${[`${engine} engine`, ...others].join(', ')}, 0.0.0.0 is ${address}`, ...problems]
}

async function readDump(file: string): Promise<ProxyConfig> {
  const texts: string[] = []
  for await (const {text} of readSources({filenames: [file], recursive: false, stdin: process.stdin})) texts.push(text)
  const dump = toCamelCase(parseJson(texts.join(''), file))
  return {dump, ...dumpParts(dump), statuses: listAt(dump, 'clusterStatuses'), remarks: []}
}

function parseJson(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new UserError(`${file} is no config dump: ${(error as Error).message}`, {hint: "take one with 'curl localhost:15000/config_dump'", exitCode: 65})
  }
}
