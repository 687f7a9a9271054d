import {clustersPage, configDumpPage, listenersPage} from './config-pages.js'
import type {GatewayFacts} from './gateway-facts.js'
import {text, type Page} from './page.js'
import {drainPage, healthPage, quitPage, readyPage, serverInfoPage} from './server-pages.js'
import {prometheusPage, statsPage} from './stats-pages.js'

/** What Envoy's admin port answers, as far as it makes sense here. */
export function adminPages(facts: GatewayFacts): readonly Page[] {
  const pages = [
    clustersPage(facts),
    configDumpPage(facts),
    drainPage(facts),
    listenersPage(facts),
    quitPage(facts),
    readyPage(facts),
    serverInfoPage(facts),
    statsPage(facts),
    prometheusPage(facts),
  ]
  const help: Page = {path: '/help', help: 'print out list of admin commands', answer: async () => text(helpText([...pages, help]))}
  return [...pages, help]
}

/** Port 15021 of a gateway pod. */
export function readinessPages(facts: GatewayFacts): readonly Page[] {
  return [healthPage(facts)]
}

/** Port 15090 of a gateway pod. */
export function metricsPages(facts: GatewayFacts): readonly Page[] {
  return [prometheusPage(facts)]
}

/** Envoy's list, which also answers a path that does not exist. */
export function helpText(pages: readonly Page[]): string {
  const lines = pages.map(({path, help, mutates}) => `  ${path}${mutates === true ? ' (POST)' : ''}: ${help}\n`).sort()
  return `admin commands are:\n${lines.join('')}`
}
