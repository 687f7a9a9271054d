import {containerLines, sortedBy} from './containers.js'
import type {Fields} from './fields.js'
import {annotationLines, pairLines, selectorOrNone} from './metadata.js'
import {volumeLines} from './volumes.js'

/** The template of a workload. Source: kubectl `describe.DescribePodTemplate`. */
export function templateLines(template: Fields): readonly string[] {
  const spec = template.at('spec')
  const [annotations, account, priority] = [template.pairs('metadata.annotations'), spec.text('serviceAccountName'), spec.text('priorityClassName')]
  const starters = spec.items('initContainers')
  return [
    'Pod Template:',
    ...pairLines('  Labels', template.pairs('metadata.labels')),
    ...(annotations.length === 0 ? [] : annotationLines('  Annotations', annotations)),
    ...(account === '' ? [] : [`  Service Account:\t${account}`]),
    ...(starters.length === 0 ? [] : containerLines('Init Containers', starters, {type: 'template'})),
    ...containerLines('Containers', spec.items('containers'), {type: 'template'}),
    ...volumeLines(spec.items('volumes'), '  '),
    ...spreadLines(spec, '  '),
    ...(priority === '' ? [] : [`  Priority Class Name:\t${priority}`]),
    ...pairLines('  Node-Selectors', spec.pairs('nodeSelector')),
    ...tolerationLines('  Tolerations', spec.items('tolerations')),
  ]
}

/** Source: kubectl `printTolerationsMultilineWithIndent`. */
export function tolerationLines(title: string, tolerations: readonly Fields[]): readonly string[] {
  if (tolerations.length === 0) return [`${title}:\t<none>`]
  return sortedBy(tolerations, 'key').map((toleration, index) => `${index === 0 ? `${title}:` : ''}\t${tolerationText(toleration)}`)
}

function tolerationText(toleration: Fields): string {
  const [key, value, effect] = ['key', 'value', 'effect'].map((field) => toleration.text(field))
  const pair = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`
  const exists = toleration.text('operator') === 'Exists' && value === '' ? `${pair === '' ? '' : ' '}op=Exists` : ''
  return `${pair}${exists}${toleration.has('tolerationSeconds') ? ` for ${toleration.number('tolerationSeconds')}s` : ''}`
}

/** How pods are spread over the topology; `indent` as in a template. */
export function spreadLines(spec: Fields, indent: '' | '  '): readonly string[] {
  return sortedBy(spec.items('topologySpreadConstraints'), 'topologyKey').map((constraint, index) => {
    const selector = constraint.has('labelSelector') ? ` for selector ${selectorOrNone(constraint.at('labelSelector'))}` : ''
    const rule = `${constraint.text('topologyKey')}:${constraint.text('whenUnsatisfiable')} when max skew ${constraint.number('maxSkew')} is exceeded`
    return `${indent}${index === 0 ? 'Topology Spread Constraints:' : ''}\t${rule}${selector}`
  })
}
