import {factsOf} from '../report/facts.js'
import {fixedPercent, percent} from '../report/numbers.js'
import {scopeSentences, verdictSentence} from '../report/sentences.js'
import {oneLine} from './one-line.js'
import type {ReportContext} from './report-context.js'

const MARKS = {CONSISTENT: '✅', PASS: '✅', COUNTED: 'ℹ️', WRONG: '❌', FAIL: '❌', INCONCLUSIVE: '❓'} as const

/** The report in Markdown, to append to the file `$GITHUB_STEP_SUMMARY` names (or to post as a comment). */
export function githubSummary({report, target, source}: ReportContext): string {
  const rows = [
    ...report.subsets.map(({name, weight, count, share, interval95: [low, high]}) => {
      return [name, weight === null ? '' : percent(weight), count, fixedPercent(share), `${fixedPercent(low)}–${fixedPercent(high)}`]
    }),
    ...report.unexpected.map(({answer, count}) => [`${answer} (not expected)`, '0%', count, fixedPercent(count / report.n), '']),
  ]
  return [
    `### ${MARKS[report.verdict]} tshift: ${cell(target)}`,
    '',
    cell(verdictSentence(report)),
    '',
    '| subset | weight | got | share | 95% interval |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.map((value) => cell(String(value))).join(' | ')} |`),
    '',
    ...scopeSentences(report).map((sentence) => `- ${cell(sentence)}`),
    ...factsOf(report).map(({level, text}) => `- ${level === 'warning' ? '⚠️ ' : ''}${cell(text)}`),
    ...(source === undefined ? [] : [`- weights: ${cell(source.file)}:${source.line}`]),
    '',
  ].join('\n')
}

/** Answers are whatever a server sent: no pipes, no HTML, no links, no mentions. */
function cell(text: string): string {
  const escaped = oneLine(text).replace(/[\\`*_{}[\]|~]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped.replace(/([@#])(?=\w)/g, '$1\u200b').replaceAll('://', ':\u200b//')
}
