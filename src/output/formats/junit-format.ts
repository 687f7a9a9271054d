import {verdictSentence} from '../report/sentences.js'
import {checksOf, type Check} from './checks.js'
import type {ReportContext} from './report-context.js'
import {xmlText} from './xml-text.js'

/**
 * JUnit XML as Jenkins, GitLab and GitHub's reporters read it: a test case per subset, errors, order and threshold. What failed is `<failure>`;
 * INCONCLUSIVE is `<error>`, for a build that cannot tell is not green; warnings go to `<system-out>`.
 */
export function junitFormat(context: ReportContext): string {
  const {report, target, startedAt, durationMs} = context
  const checks = checksOf(report)
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length
  const totals = `tests="${checks.length}" failures="${count('fail')}" errors="${count('inconclusive')}" skipped="${count('open')}" time="${durationMs / 1000}"`
  const className = `tshift.${target}`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${xmlText(`tshift ${target}`)}" ${totals} timestamp="${xmlText(startedAt)}">`,
    '    <properties>',
    ...propertiesOf(context).map(([name, value]) => `      <property name="${xmlText(name)}" value="${xmlText(value)}"/>`),
    '    </properties>',
    ...checks.flatMap((check) => testCase(check, className)),
    `    <system-out>${xmlText(verdictSentence(report))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({kind, name, state, message}: Check, className: string): readonly string[] {
  const opening = `    <testcase classname="${xmlText(className)}" name="${xmlText(name)}"`
  const text = xmlText(message)
  const inner: Readonly<Record<Check['state'], string | undefined>> = {
    pass: undefined,
    fail: `<failure type="${kind}" message="${text}"/>`,
    inconclusive: `<error type="inconclusive" message="${text}"/>`,
    open: `<skipped message="${text}"/>`,
    warning: `<system-out>${text}</system-out>`,
  }
  const content = inner[state]
  return content === undefined ? [`${opening}/>`] : [`${opening}>`, `      ${content}`, '    </testcase>']
}

function propertiesOf({report, source}: ReportContext): readonly (readonly [name: string, value: string])[] {
  const {gate, test} = report
  const method = gate?.method ?? test?.method
  return [
    ['verdict', report.verdict],
    ['exitCode', String(report.exitCode)],
    ['mode', report.mode],
    ['n', String(report.n)],
    ...(method === undefined ? [] : [['method', method] as const]),
    ...(test === null ? [] : [['p', String(test.p)] as const, ['alpha', String(test.alpha)] as const]),
    ...(gate === null ? [] : gateProperties(gate)),
    ...report.subsets.map(({name, share}) => [`share.${name}`, String(share)] as const),
    ...report.subsets.flatMap(({name, weight}) => (weight === null ? [] : [[`weight.${name}`, String(weight)] as const])),
    ...(source === undefined ? [] : [['source', `${source.file}:${source.line}`] as const]),
  ]
}

function gateProperties(gate: NonNullable<ReportContext['report']['gate']>): readonly (readonly [name: string, value: string])[] {
  return [
    ['logE', String(gate.logE ?? 'Infinity')],
    ['pAnytime', String(gate.pAnytime)],
    ['alphaFail', String(gate.alphaFail)],
    ['alphaPass', String(gate.alphaPass)],
    ...gate.shares.map(({name, tolerance}) => [`tolerance.${name}`, String(tolerance)] as const),
  ]
}
