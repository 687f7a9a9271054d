import {describe, expect, test} from 'vitest'
import {rules} from '../../src/analyze/rules.js'
import {anyObjectCases} from './cases/any-object.js'
import {destinationRuleCases} from './cases/destination-rules.js'
import {gatewayCases} from './cases/gateways.js'
import {serviceEntryCases} from './cases/service-entries.js'
import {virtualServiceCases} from './cases/virtual-services.js'
import {workloadCases} from './cases/workloads.js'
import {analyzeText, printFindings} from './findings-of.js'

const cases = [...virtualServiceCases, ...destinationRuleCases, ...gatewayCases, ...workloadCases, ...serviceEntryCases, ...anyObjectCases]

describe('each analyzer', () => {
  test.each(cases)('$of: $that', ({of, given, says}) => {
    const only = rules.filter(({name}) => name === of)
    expect(only).toHaveLength(1)
    const found = analyzeText(given, {rules: only, isUsable: (name) => name !== 'bad'})
    expect(printFindings(found).map((line) => line.replace(' f.yaml', ''))).toEqual(says)
  })

  test('has a case in which it finds something and, but for some validations and routing, one in which it does not', () => {
    const isTested = ({name}: {name: string}) => cases.some(({of, says}) => of === name && says.length > 0)
    const untested = rules.filter((rule) => !isTested(rule)).map(({name}) => name)
    expect(untested.filter((name) => !name.startsWith('schema.ValidationAnalyzer.'))).toEqual(['pod.LocalhostListenerAnalyzer', 'tshift.RoutingAnalyzer']) // the first, which asks what runs, has a file of its own
  })
})
