import type {KubeObject} from '../../api/object.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {annotations as known, type Annotation} from '../annotations.js'
import {annotationProblem} from '../annotation-problem.js'
import {report, type FieldPath, type Finding} from '../finding.js'
import type {Rule} from '../rule.js'
import {INJECT} from '../sidecars.js'

/** Istio's annotations in the wrong place, misspelled, out of date or with values nobody understands (istio annotations/annotations.go). */
export const annotations: Rule = {
  name: 'annotations.K8sAnalyzer',
  description: 'Checks for misplaced and invalid Istio annotations in Kubernetes resources',
  codes: ['IST0107', 'IST0108', 'IST0125', 'IST0135'],
  readsCoreKinds: true,
  *check({inventory}) {
    for (const subject of [...inventory.namespaces, ...inventory.services, ...inventory.pods, ...inventory.deployments]) {
      yield* checkAll(subject, {metadata: subject.object.metadata, kind: subject.object.kind, path: ['metadata', 'annotations']})
    }
    for (const subject of inventory.deployments) {
      const metadata = subject.object.spec?.template?.metadata ?? {}
      yield* checkAll(subject, {metadata, kind: 'Pod', path: ['spec', 'template', 'metadata', 'annotations']})
    }
  },
}

interface Place {
  readonly metadata: Partial<KubeObject['metadata']>
  readonly kind: string
  readonly path: FieldPath
}

function* checkAll(subject: AnalyzedObject, place: Place): Generator<Finding> {
  for (const [name, value] of Object.entries(place.metadata.annotations ?? {})) {
    if (!isIstios(name)) continue
    const annotation = known[name]
    const path = [...place.path, name]
    if (annotation === undefined) yield report(subject, 'IST0108', [name], path)
    else yield* checkOne(subject, {name, value, annotation, path}, place)
  }
}

interface Written {
  readonly name: string
  readonly value: string
  readonly annotation: Annotation
  readonly path: FieldPath
}

function* checkOne(subject: AnalyzedObject, {name, value, annotation, path}: Written, {metadata, kind}: Place): Generator<Finding> {
  const hasReplacement = name === INJECT && metadata.labels?.[INJECT] !== undefined
  if (annotation.isDeprecated === true && !hasReplacement) {
    yield report(subject, 'IST0135', [name, name === INJECT ? ` in favor of the "${INJECT}" label` : ''], path)
  }
  if (annotation.kinds.includes('Any')) return
  const problem = annotationProblem(name, value)
  if (!annotation.kinds.includes(kind)) yield report(subject, 'IST0107', [name, annotation.kinds.join(', ')], path)
  else if (problem !== undefined) yield report(subject, 'IST0125', [name, problem], path)
}

function isIstios(name: string): boolean {
  return name === 'kubernetes.io/ingress.class' || (name.split('/')[0] ?? '').endsWith('istio.io')
}
