import {expect, test} from 'vitest'
import {report, reportPlain, type Finding} from '../../src/analyze/finding.js'
import {formatFindings, type FindingFormat} from '../../src/output/findings/finding-formats.js'

const object = {apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: {name: 'a', namespace: 'default'}, spec: {gateways: ['<x>']}}
const source = {file: 'dir/a b.yaml', line: 1, lineOf: () => 9}
const findings = [
  reportPlain('IST0001', ['odd']),
  report({object, source}, 'IST0101', ['gateway', '<x>'], ['spec', 'gateways', 0]),
  report({object}, 'TSHIFT0101', ['shadowed']),
  report({object, source}, 'IST0131', ['#1', '#0', '#0'], ['spec', 'tcp', 0]),
]

const formatted = (format: FindingFormat, of: readonly Finding[] = findings, isColored = false) =>
  formatFindings(of, format, {isColored, exitCode: 79, isFailure: ({level}) => level === 'Error'})

test('log is a line each, with the place where there is one', () => {
  expect(formatted('log')).toBe(
    [
      'Error [IST0001] Internal error: odd',
      'Error [IST0101] (VirtualService default/a dir/a b.yaml:9) Referenced gateway not found: "<x>"',
      'Warning [TSHIFT0101] (VirtualService default/a) shadowed',
      'Info [IST0131] (VirtualService default/a dir/a b.yaml:1) VirtualService rule #1 match #0 is not used (duplicate/overlapping match in rule #0).',
      '',
    ].join('\n'),
  )
  expect(formatted('log', [])).toBe('\n')
})

test('colours are for the level; Info has none, and its end', () => {
  expect(
    formatted('log', findings, true)
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(['\u001b[1;31mError\u001b[0m', '\u001b[1;31mError\u001b[0m', '\u001b[33mWarning\u001b[0m', 'Info\u001b[0m', ''])
})

test('json is indented with tabs, its keys sorted, and says no more than there is', () => {
  expect(formatted('json', findings.slice(0, 3))).toBe(`[
\t{
\t\t"code": "IST0001",
\t\t"documentationUrl": "https://istio.io/v1.32/docs/reference/config/analysis/ist0001/?ref=istioctl-analyze",
\t\t"level": "Error",
\t\t"message": "Internal error: odd"
\t},
\t{
\t\t"code": "IST0101",
\t\t"documentationUrl": "https://istio.io/v1.32/docs/reference/config/analysis/ist0101/?ref=istioctl-analyze",
\t\t"level": "Error",
\t\t"message": "Referenced gateway not found: \\"\\u003cx\\u003e\\"",
\t\t"origin": "VirtualService default/a",
\t\t"reference": "dir/a b.yaml:9"
\t},
\t{
\t\t"code": "TSHIFT0101",
\t\t"level": "Warning",
\t\t"message": "shadowed",
\t\t"origin": "VirtualService default/a"
\t}
]
`)
  expect(formatted('json', [])).toBe('[]\n')
})

test('yaml has the same keys and, as in istioctl, an empty line at the end', () => {
  expect(formatted('yaml', findings.slice(2, 3))).toBe('- code: TSHIFT0101\n  level: Warning\n  message: shadowed\n  origin: VirtualService default/a\n\n')
  expect(formatted('yaml', [])).toBe('[]\n\n')
})

test('github annotates lines, and says what is in no file too', () => {
  expect(formatted('github')).toBe(
    [
      '::error title=IST0001::Internal error: odd',
      '::error file=dir/a b.yaml,line=9,title=IST0101 VirtualService default/a::Referenced gateway not found: "<x>"',
      '::warning title=TSHIFT0101 VirtualService default/a::shadowed',
      '::notice file=dir/a b.yaml,line=1,title=IST0131 VirtualService default/a::VirtualService rule #1 match #0 is not used (duplicate/overlapping match in rule #0).',
      '',
    ].join('\n'),
  )
})

test('junit fails what the threshold fails, and passes where nothing was found', () => {
  expect(formatted('junit', findings.slice(1, 3))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0" skipped="0">
  <testsuite name="tshift analyze" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="tshift.analyze" name="IST0101 VirtualService default/a" file="dir/a b.yaml" line="9">
      <failure type="Error" message="Referenced gateway not found: &quot;&lt;x&gt;&quot; at dir/a b.yaml:9"/>
    </testcase>
    <testcase classname="tshift.analyze" name="TSHIFT0101 VirtualService default/a">
      <system-out>Warning: shadowed</system-out>
    </testcase>
  </testsuite>
</testsuites>
`)
  expect(formatted('junit', [])).toContain('<testsuites tests="1" failures="0" errors="0" skipped="0">')
})

test('sarif has a rule per code and a place per result in a file', () => {
  const {runs} = JSON.parse(formatted('sarif')) as {
    runs: readonly {tool: {driver: {rules: readonly {id: string}[]}}; results: readonly {level: string; ruleIndex: number; locations: readonly unknown[]}[]}[]
  }
  expect(runs[0]?.tool.driver.rules.map(({id}) => id)).toEqual(['IST0001', 'IST0101', 'TSHIFT0101', 'IST0131'])
  expect(runs[0]?.results.map(({level, ruleIndex, locations}) => ({level, ruleIndex, places: locations.length}))).toEqual([
    {level: 'error', ruleIndex: 0, places: 0},
    {level: 'error', ruleIndex: 1, places: 1},
    {level: 'warning', ruleIndex: 2, places: 0},
    {level: 'note', ruleIndex: 3, places: 1},
  ])
  expect(runs[0]?.results[1]?.locations).toEqual([{physicalLocation: {artifactLocation: {uri: 'dir/a%20b.yaml'}, region: {startLine: 9}}}])
})
