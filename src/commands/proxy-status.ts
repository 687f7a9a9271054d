import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {compareConfigs} from '../cli/inspect/compare-configs.js'
import {compiledRouting, inspectInstallation, type Installation, type RunningGateway} from '../cli/inspect/installation.js'
import {istioNamespaceFlag, proxyArgs} from '../cli/inspect/proxy-config-command.js'
import {proxyTarget, type ProxyTarget} from '../cli/inspect/proxy-target.js'
import {gatewayNotRunning} from '../daemon/control/control-client.js'
import {configDump} from '../inspect/envoy/config-dump.js'
import {hasPages, podView} from '../inspect/pod-view.js'
import {proxyOfPod} from '../inspect/proxies.js'
import {proxyRows, proxyStatusTable, type ProxyRow} from '../inspect/proxy-status.js'
import {indexRules, ruleRefs} from '../inspect/rule-of.js'
import {formatJson} from '../output/json.js'
import {alignRows} from '../output/tabwriter.js'
import type {Routing} from '../routing/routing.js'

const LAYOUT = {minWidth: 0, padding: 5}

export default class ProxyStatus extends BaseCommand {
  static override aliases = ['ps']
  static override summary = 'Show which proxies there are and whether they have what is applied; for one of them, what differs.'
  static override examples = ['<%= config.bin %> proxy-status', '<%= config.bin %> ps -v 1', '<%= config.bin %> ps deploy/istio-ingressgateway']
  static override args = proxyArgs
  static override flags = {
    ...namespaceFlag,
    ...istioNamespaceFlag,
    verbosity: Flags.integer({char: 'v', description: '1: the state of each kind of configuration', default: 0, min: 0, max: 1, helpValue: 'LEVEL'}),
    output: Flags.option({char: 'o', options: ['table', 'json'] as const, default: 'table' as const, description: 'how to print it'})(),
  }

  async run(): Promise<readonly ProxyRow[] | undefined> {
    const {args, flags} = await this.parse(ProxyStatus)
    const installation = await inspectInstallation(await this.session())
    const {world, running} = installation
    if (running === undefined) throw gatewayNotRunning()
    const compiled = await compiledRouting(world)
    if (args.pod !== undefined) {
      const target = proxyTarget(args.pod, world, {namespace: flags.namespace, istioNamespace: flags.istioNamespace})
      this.out(compareConfigs(dumpOf(compiled, target, installation), dumpOf(running.routing, target, installation)))
      return undefined
    }
    const rows = proxyRows(subscribersOf(installation), compiled, running.routing)
    this.out(flags.output === 'json' ? formatJson(rows) : alignRows(proxyStatusTable(rows, this.#controlPlane(running), flags.verbosity > 0), LAYOUT))
    return rows
  }

  #controlPlane({status}: RunningGateway): {readonly name: string; readonly version: string} {
    return {name: `tshift-${status.pid}`, version: this.config.version}
  }
}

/** Pods that run and have a proxy. */
function subscribersOf({world}: Installation): Parameters<typeof proxyRows>[0] {
  return world.pods.flatMap((pod) => {
    const proxy = proxyOfPod(pod)
    const {name, namespace = 'default'} = pod.metadata
    return proxy === undefined || pod.status?.phase !== 'Running' ? [] : [{pod: name, namespace, proxy, address: pod.status.podIP}]
  })
}

function dumpOf(routing: Routing, {id, proxy, pod}: ProxyTarget, {world}: Installation): ReturnType<typeof configDump> {
  return configDump(podView(routing, id, pod?.status?.podIP), {version: '', ruleOf: ruleRefs(indexRules(world, proxy)), hasPages: hasPages(id)})
}
