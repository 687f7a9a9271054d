import {describe, expect, test} from 'vitest'
import {checksOf} from '../../src/output/formats/checks.js'
import {githubSummary} from '../../src/output/formats/github-summary.js'
import {htmlFormat} from '../../src/output/formats/html-format.js'
import {observationLine} from '../../src/output/formats/jsonl-format.js'
import {reportFormats} from '../../src/output/formats/report-formats.js'
import {spread} from '../../src/output/formats/share-plot.js'
import {contextOf, FORMULA, REPORTS} from './report-samples.js'

const names = Object.keys(REPORTS)
const formats = [...reportFormats.keys()]

function printed(format: string, name: string): string {
  const print = reportFormats.get(format)
  if (print === undefined) throw new Error(`no format ${format}`)
  return print(contextOf(name))
}

describe('every format', () => {
  test('is there', () => expect(formats).toEqual(['csv', 'github', 'html', 'json', 'jsonl', 'junit', 'prom', 'sarif', 'tap']))

  test.each(names.flatMap((name) => formats.map((format) => [name, format] as const)))('%s as %s renders, and leaves the exit code alone', (name, format) => {
    const text = printed(format, name)
    const {report} = contextOf(name)
    expect(text.endsWith('\n')).toBe(true)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
    expect(report.exitCode).toBe(REPORTS[name]?.exitCode)
    // control characters other than line ends, whatever an answer holds
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
  })

  test.each(names)('%s: a check fails or stays open just where the exit code says so', (name) => {
    const {report} = contextOf(name)
    const states = checksOf(report).map(({state}) => state)
    expect([states.includes('fail'), states.includes('inconclusive')]).toEqual([[3, 5].includes(report.exitCode), report.exitCode === 4])
  })
})

describe('checks', () => {
  test('name what was asked and what came', () => {
    expect(checksOf(contextOf('FAIL').report)).toEqual([
      {kind: 'split', name: 'split v1', state: 'fail', message: 'v1 got 105 of 200 connections, 52.5% (95% interval 40.2%–64.6%), expected 80% ± 5 points'},
      {kind: 'split', name: 'split v2', state: 'fail', message: 'v2 got 95 of 200 connections, 47.5% (95% interval 35.4%–59.8%), expected 20% ± 5 points'},
      {kind: 'errors', name: 'errors', state: 'pass', message: 'no connection failed; at most 1.5% do (95% confidence)'},
      {kind: 'order', name: 'order', state: 'pass', message: 'order: looks random (runs p = 0.92)'},
    ])
  })
})

describe('json', () => {
  test('is the report and what is known around it', () => {
    const context = contextOf('PASS')
    expect(JSON.parse(printed('json', 'PASS'))).toEqual({
      ...context.report,
      target: context.target,
      startedAt: context.startedAt,
      durationMs: 190,
      latencyMs: {of: 'connect', count: 1000, p50: expect.any(Number), p90: expect.any(Number), p95: expect.any(Number), p99: expect.any(Number), max: 20},
      source: {file: 'examples/tcp-echo-20-v2.yaml', line: 39},
    })
    expect(JSON.parse(printed('json', 'nothing answered'))).toMatchObject({latencyMs: null, n: 0})
  })

  test('jsonl is one line per observation, the report last', () => {
    const line = observationLine({index: 3, startMs: 1.5, connectMs: 0.2, totalMs: 2, answer: 'v1\u2028'})
    expect(line).toBe('{"type":"observation","index":3,"startMs":1.5,"connectMs":0.2,"totalMs":2,"answer":"v1\\u2028"}\n')
    const failed = observationLine({index: 4, startMs: 2, totalMs: 1, answer: null, error: {kind: 'refused', message: 'connection refused'}})
    expect(JSON.parse(failed)).toEqual({type: 'observation', index: 4, startMs: 2, totalMs: 1, answer: null, error: {kind: 'refused', message: 'connection refused'}})
    for (const name of names) {
      const report = printed('jsonl', name)
      expect(report.indexOf('\n')).toBe(report.length - 1)
      expect(JSON.parse(report)).toEqual({type: 'report', ...(JSON.parse(printed('json', name)) as object)})
    }
  })
})

describe('junit', () => {
  test('a failure', () => expect('\n' + printed('junit', 'FAIL')).toMatchInlineSnapshot(`
    "
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites tests="4" failures="2" errors="0" skipped="0" time="0.19">
      <testsuite name="tshift gateway/tcp-echo-gateway:31400" tests="4" failures="2" errors="0" skipped="0" time="0.19" timestamp="2026-11-21T12:00:00Z">
        <properties>
          <property name="verdict" value="FAIL"/>
          <property name="exitCode" value="3"/>
          <property name="mode" value="until-sure"/>
          <property name="n" value="200"/>
          <property name="method" value="dirichlet-mixture"/>
          <property name="logE" value="34.82591089165527"/>
          <property name="pAnytime" value="7.5041079424060685e-16"/>
          <property name="alphaFail" value="0.001"/>
          <property name="alphaPass" value="0.05"/>
          <property name="tolerance.v1" value="0.05"/>
          <property name="tolerance.v2" value="0.05"/>
          <property name="share.v1" value="0.525"/>
          <property name="share.v2" value="0.475"/>
          <property name="weight.v1" value="0.8"/>
          <property name="weight.v2" value="0.2"/>
          <property name="source" value="examples/tcp-echo-20-v2.yaml:39"/>
        </properties>
        <testcase classname="tshift.gateway/tcp-echo-gateway:31400" name="split v1">
          <failure type="split" message="v1 got 105 of 200 connections, 52.5% (95% interval 40.2%–64.6%), expected 80% ± 5 points"/>
        </testcase>
        <testcase classname="tshift.gateway/tcp-echo-gateway:31400" name="split v2">
          <failure type="split" message="v2 got 95 of 200 connections, 47.5% (95% interval 35.4%–59.8%), expected 20% ± 5 points"/>
        </testcase>
        <testcase classname="tshift.gateway/tcp-echo-gateway:31400" name="errors"/>
        <testcase classname="tshift.gateway/tcp-echo-gateway:31400" name="order"/>
        <system-out>FAIL after 200 connections: v2 got 47.5% (99.9% range 32.2–63.1%), not 20% ± 5 points</system-out>
      </testsuite>
    </testsuites>
    "
  `))

  test('counts what it holds, whatever the answers', () => {
    for (const name of names) {
      const xml = printed('junit', name)
      const count = (pattern: RegExp) => xml.match(pattern)?.length ?? 0
      const [, tests, failures, errors, skipped] = /<testsuites tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml) ?? []
      expect([tests, failures, errors, skipped].map(Number)).toEqual([/<testcase /g, /<failure /g, /<error /g, /<skipped /g].map(count))
      expect(xml.replace(/"[^"<>]*"/g, '""').replace(/<(\/?[a-z-]+|\?xml)( [a-z]+="")*[/?]?>/g, '')).not.toMatch(/[<>"]/)
    }
  })
})

describe('tap', () => {
  test('a failure', () => expect('\n' + printed('tap', 'FAIL')).toMatchInlineSnapshot(`
    "
    TAP version 14
    # gateway/tcp-echo-gateway:31400
    # FAIL after 200 connections: v2 got 47.5% (99.9% range 32.2–63.1%), not 20% ± 5 points
    1..4
    not ok 1 - split v1
      ---
      message: "v1 got 105 of 200 connections, 52.5% (95% interval 40.2%–64.6%), expected 80% ± 5 points"
      severity: fail
      kind: split
      ...
    not ok 2 - split v2
      ---
      message: "v2 got 95 of 200 connections, 47.5% (95% interval 35.4%–59.8%), expected 20% ± 5 points"
      severity: fail
      kind: split
      ...
    ok 3 - errors
    ok 4 - order
    "
  `))
  test('inconclusive is not ok, and what says nothing is skipped', () => {
    expect(printed('tap', 'nothing answered').split('\n').filter((line) => /^(not )?ok/.test(line))).toEqual([
      'not ok 1 - split v1',
      'not ok 2 - split v2',
      'ok 3 - errors',
      'ok 4 - order # SKIP order: too few answers, or too alike, to say anything',
    ])
  })
})

describe('sarif', () => {
  test('has what 2.1.0 requires, and places results at the weights', () => {
    for (const name of names) {
      const log = JSON.parse(printed('sarif', name)) as {version: string; runs: {tool: {driver: {name: string; rules: {id: string}[]}}; results: {ruleId: string; ruleIndex: number; message: {text: string}}[]}[]}
      const [run] = log.runs
      expect([log.version, run?.tool.driver.name]).toEqual(['2.1.0', 'tshift'])
      for (const {ruleId, ruleIndex, message} of run?.results ?? []) {
        expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
        expect(message.text.length).toBeGreaterThan(0)
      }
    }
    const [first] = (JSON.parse(printed('sarif', 'FAIL')) as {runs: {results: unknown[]}[]}).runs[0]?.results ?? []
    expect(first).toMatchObject({
      ruleId: 'tshift/split',
      level: 'error',
      locations: [{physicalLocation: {artifactLocation: {uri: 'examples/tcp-echo-20-v2.yaml'}, region: {startLine: 39}}}],
    })
  })
})

describe('github', () => {
  test('annotates the weights', () => {
    expect(printed('github', 'FAIL')).toMatchInlineSnapshot(`
      "::error file=examples/tcp-echo-20-v2.yaml,line=39,title=tshift split::v1 got 105 of 200 connections, 52.5%25 (95%25 interval 40.2%25–64.6%25), expected 80%25 ± 5 points
      ::error file=examples/tcp-echo-20-v2.yaml,line=39,title=tshift split::v2 got 95 of 200 connections, 47.5%25 (95%25 interval 35.4%25–59.8%25), expected 20%25 ± 5 points
      "
    `)
    expect(printed('github', 'PASS')).toMatchInlineSnapshot(`
      "::notice file=examples/tcp-echo-20-v2.yaml,line=39,title=tshift::PASS after 1,000 connections: every share is within 5 points of its weight
      "
    `)
    expect(printed('github', 'errors')).toMatchInlineSnapshot(`
      "::error file=examples/tcp-echo-20-v2.yaml,line=39,title=tshift errors::23 connections failed: 20 refused, 3 timeout; at most 3.2%25 fail (95%25 confidence); more than the limit of 1%25
      "
    `)
  })

  test('an answer cannot give commands to the runner', () => {
    const lines = printed('github', 'hostile').trimEnd().split('\n')
    expect(lines.every((line) => /^::(error|warning) file=a%2Cb%3Ac%25%0A\.yaml,line=39,title=tshift (split|order)::[^\n]*$/.test(line))).toBe(true)
  })

  test('a summary in Markdown', () => expect('\n' + githubSummary(contextOf('FAIL'))).toMatchInlineSnapshot(`
    "
    ### ❌ tshift: gateway/tcp-echo-gateway:31400

    FAIL after 200 connections: v2 got 47.5% (99.9% range 32.2–63.1%), not 20% ± 5 points

    | subset | weight | got | share | 95% interval |
    | --- | ---: | ---: | ---: | ---: |
    | v1 | 80% | 105 | 52.5% | 40.2%–64.6% |
    | v2 | 20% | 95 | 47.5% | 35.4%–59.8% |

    - A correct gateway fails this check at most 1 in 1,000 runs; a share off by more than 5 points passes at most 1 in 20.
    - order: looks random (runs p = 0.92)
    - weights: examples/tcp-echo-20-v2.yaml:39
    "
  `))

  test('an answer adds no column, no markup and no mention to the summary', () => {
    const summary = githubSummary(contextOf('hostile'))
    const rows = summary.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual(rows.map(() => 6))
    expect(summary).not.toMatch(/<script|@all|http:\/\//)
  })
})

describe('csv', () => {
  test('a line per subset', () => expect(printed('csv', 'FAIL').split('\r\n')).toMatchInlineSnapshot(`
    [
      "target,started_at,mode,verdict,subset,weight,count,n,share,low95,high95",
      "gateway/tcp-echo-gateway:31400,2026-11-21T12:00:00Z,until-sure,FAIL,v1,0.8,105,200,0.525,0.40235204943045133,0.6456459323052295",
      "gateway/tcp-echo-gateway:31400,2026-11-21T12:00:00Z,until-sure,FAIL,v2,0.2,95,200,0.475,0.3543540676947705,0.5976479505695487",
      "",
    ]
  `))

  test('quotes what it must, and hands no formula to a spreadsheet', () => {
    const text = printed('csv', 'hostile')
    expect(text).toContain(`"'${FORMULA.replaceAll('"', '""')}"`)
    expect(text.replace(/"(?:[^"]|"")*"/g, 'x').trimEnd().split('\r\n').map((row) => row.split(',').length)).toEqual([11, 11, 11, 11])
  })
})

describe('prom', () => {
  test('is text exposition, each family once', () => {
    for (const name of names) {
      const lines = printed('prom', name).trimEnd().split('\n')
      const shape = /^(# HELP tshift_\w+ [^\n]+|# TYPE tshift_\w+ gauge|tshift_\w+\{\w+="(?:[^"\\\n]|\\["\\n])*"(,\w+="(?:[^"\\\n]|\\["\\n])*")*\} (-?[\d.]+(e[+-]\d+)?|\+Inf))$/
      expect(lines.filter((line) => !shape.test(line))).toEqual([])
      const families = lines.filter((line) => line.startsWith('# TYPE'))
      expect(new Set(families).size).toBe(families.length)
    }
    expect(printed('prom', 'FAIL')).toContain('tshift_share_ratio{target="gateway/tcp-echo-gateway:31400",subset="v2"} 0.475\n')
    expect(printed('prom', 'FAIL')).toContain('tshift_verdict{target="gateway/tcp-echo-gateway:31400",verdict="FAIL"} 1\n')
  })
})

describe('html', () => {
  test('needs nothing from elsewhere and runs nothing', () => {
    for (const name of names) {
      const page = printed('html', name)
      expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import/)
      const opened = [...page.matchAll(/<([a-z0-9]+)(?=[\s>])[^>]*?(\/?)>/g)].filter(([, tag = '', closed]) => closed === '' && tag !== 'meta').map(([, tag]) => tag)
      const closed = [...page.matchAll(/<\/([a-z0-9]+)>/g)].map(([, tag]) => tag)
      expect(opened.sort()).toEqual(closed.sort())
    }
  })

  test('draws shares, evidence and latency, and says in words what they show', () => {
    const descriptions = [...printed('html', 'FAIL').matchAll(/<desc id="(\w+)-text">(.*?)<\/desc>/g)].map(([, id, text]) => [id, text])
    expect(descriptions).toEqual([
      ['shares', 'v1 ends at 52.5%, between 40.2% and 64.6%, weight 80%; v2 ends at 47.5%, between 35.4% and 59.8%, weight 20%.'],
      ['evidence', expect.stringMatching(/^After 200 connections the odds against exactly these weights are .* : 1; 1,000 : 1 would refute them\.$/)],
      ['latency', '1000 connections: p50 0.27 ms, p95 8.51 ms, p99 16.7 ms.'],
    ])
    expect(printed('html', 'COUNTED')).not.toContain('id="shares-text"')
  })

  test('shares are drawn over time where it is known, else over answers', () => {
    const xLabel = (timed: boolean) => {
      const context = contextOf('PASS')
      const series = context.series?.map((point) => (timed ? {...point, atMs: point.n * 2} : point)) ?? []
      return /<svg[\s\S]*?<\/svg>/.exec(htmlFormat({...context, series}))?.[0] ?? ''
    }
    expect(xLabel(true)).toContain('>seconds<')
    expect(xLabel(false)).toContain('>connections<')
  })

  test('labels that would overlap are moved apart', () => {
    expect(spread([100, 101, 30, 231, 232])).toEqual([100, 115, 30, 231, 246].map((place) => place - 14))
    expect(spread([50, 20])).toEqual([50, 20])
  })
})
