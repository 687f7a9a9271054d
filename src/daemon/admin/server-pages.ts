import type {GatewayFacts} from './gateway-facts.js'
import {uptimeOf} from './metrics.js'
import {json, text, type Page} from './page.js'

const READY = 200
const NOT_READY = 503

/** `LIVE`, or what keeps the gateway from it with status 503. */
export function readyPage(facts: GatewayFacts): Page {
  return {
    path: '/ready',
    help: 'print server state, return 200 if LIVE, otherwise return 503',
    answer: async () => text(`${facts.state()}\n`, facts.state() === 'LIVE' ? READY : NOT_READY),
  }
}

/** What Kubernetes asks a gateway pod on port 15021: an empty answer. */
export function healthPage(facts: GatewayFacts): Page {
  return {path: '/healthz/ready', help: 'readiness', answer: async () => text('', facts.state() === 'LIVE' ? READY : NOT_READY)}
}

/** Version, state and uptime, in the fields Envoy has for them. */
export function serverInfoPage(facts: GatewayFacts): Page {
  return {
    path: '/server_info',
    help: 'print server version/status information',
    async answer() {
      const uptime = `${uptimeOf(facts)}s`
      const node = {id: 'router~istio-ingressgateway.istio-system~istio-system.svc.cluster.local', cluster: 'istio-ingressgateway.istio-system'}
      return json({
        version: `tshift/${facts.version}`,
        state: facts.state(),
        uptime_current_epoch: uptime,
        uptime_all_epochs: uptime,
        hot_restart_version: 'disabled',
        node,
      })
    },
  }
}

/** Ends the accepting of connections for the rest of the process; those there are live on. */
export function drainPage(facts: GatewayFacts): Page {
  return {
    path: '/drain_listeners',
    help: 'drain listeners: accept no more connections until the gateway is started anew',
    mutates: true,
    async answer() {
      await facts.drain()
      return text('OK\n')
    },
  }
}

/** Ends the gateway process. */
export function quitPage(facts: GatewayFacts): Page {
  return {
    path: '/quitquitquit',
    help: 'exit the server',
    mutates: true,
    async answer() {
      facts.quit()
      return text('OK\n')
    },
  }
}
