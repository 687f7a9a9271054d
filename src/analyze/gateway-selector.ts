import {formatLabels} from '../routing/labels.js'
import type {Gateway} from '../routing/objects/gateway.js'
import type {AnalyzedObject} from './analyzed-object.js'
import {report, type Finding} from './finding.js'

/** The selector of a Gateway finds no pod. Two rules say so; said twice it is one finding. */
export function selectorNotFound(subject: AnalyzedObject<Gateway>): Finding {
  const text = formatLabels(subject.object.spec?.selector)
  return report(subject, 'IST0101', ['selector', text], ['spec', 'selector', text.slice(0, Math.max(text.indexOf('='), 0))])
}
