import {readFileSync} from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import {compileAll} from '../../../dist/routing/compile-all.js'
import {quantile} from '../quantile.js'

const SIZES = [100, 1000]
const PROXY = {namespace: 'istio-system', name: 'istio-ingressgateway', labels: {istio: 'ingressgateway', app: 'istio-ingressgateway'}}

/** From resources to a routing table: everything, and again after one VirtualService has changed. */
export const compile = {
  name: 'compile',
  async measure({compiles}) {
    const largeSnapshot = await loadLargeSnapshot()
    const rows = SIZES.map((size) => ({name: `${size} VirtualServices, ${size * 10} endpoints`, values: timesOf(() => largeSnapshot(size), compiles)}))
    return {title: `Compile, ms, medians of ${compiles}`, columns: ['listeners', 'cold', 'one change'], rows}
  },
}

function timesOf(makeSnapshot, compiles) {
  const [cold, change] = [[], []]
  let listeners = 0
  for (let i = 0; i < compiles; i++) {
    const snapshot = makeSnapshot() // what was compiled of the same objects is remembered
    cold.push(timed(() => (listeners = compileAll(snapshot, PROXY).listeners.length)))
    const changed = {...snapshot, virtualServices: snapshot.virtualServices.with(i, otherWeights(snapshot.virtualServices[i]))}
    change.push(timed(() => compileAll(changed, PROXY)))
  }
  return {listeners, cold: quantile(cold, 0.5), 'one change': quantile(change, 0.5)}
}

function otherWeights(virtualService) {
  const other = structuredClone(virtualService)
  other.spec.tcp[0].route.forEach((entry, i) => (entry.weight = i === 0 ? 70 : 30))
  return other
}

function timed(act) {
  const startMs = performance.now()
  act()
  return performance.now() - startMs
}

/** The tests' own, which is TypeScript and imports nothing but types. */
async function loadLargeSnapshot() {
  const source = readFileSync(path.join(import.meta.dirname, '../../routing/large-snapshot.ts'), 'utf8')
  const {outputText} = ts.transpileModule(source, {compilerOptions: {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true}})
  return (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)).largeSnapshot
}
