import type {Metric} from '../../inspect/metrics/metric.js'
import {prometheusText, statsJson, statsText} from '../../inspect/metrics/render.js'
import type {GatewayFacts} from './gateway-facts.js'
import {matchingNames} from './matching-names.js'
import {gatewayMetrics} from './metrics.js'
import {AnswerError, json, prometheus, text, type Answer, type Page} from './page.js'

/** `/stats` in Envoy's formats, `?filter=REGEX` over the names and `?usedonly` as Envoy has them. */
export function statsPage(facts: GatewayFacts): Page {
  return {
    path: '/stats',
    help: 'print server stats (?format=text|json|prometheus, ?filter=REGEX, ?usedonly)',
    answer: async (query) => render(query.get('format') ?? 'text', select(await gatewayMetrics(facts), query)),
  }
}

/** All metrics as Prometheus scrapes them. */
export function prometheusPage(facts: GatewayFacts): Page {
  return {
    path: '/stats/prometheus',
    help: 'print server stats in prometheus format (?filter=REGEX, ?usedonly)',
    answer: async (query) => render('prometheus', select(await gatewayMetrics(facts), query)),
  }
}

function select(metrics: readonly Metric[], query: URLSearchParams): readonly Metric[] {
  const used = query.has('usedonly') ? metrics.filter(({value}) => value !== 0) : metrics
  const filter = query.get('filter')
  return filter === null ? used : matchingNames(used, ({stat, family}) => stat ?? family, filter)
}

function render(format: string, metrics: readonly Metric[]): Answer {
  switch (format) {
    case 'text':
      return text(statsText(metrics))
    case 'json':
      return json(statsJson(metrics))
    case 'prometheus':
      return prometheus(prometheusText(metrics))
    default:
      throw new AnswerError(400, 'usage: /stats?format=(text|json|prometheus)\n\n')
  }
}
