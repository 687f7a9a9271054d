import {friendlyName} from '../../analyze/analyzed-object.js'
import type {Finding} from '../../analyze/finding.js'
import {referenceOf} from '../../analyze/order.js'
import {xmlText} from '../formats/xml-text.js'

/**
 * JUnit XML: a test case per finding, and one that passes where there is none. Errors and, where the threshold says so, what is below them are
 * `<failure>`; the rest is in `<system-out>`.
 */
export function junitFindings(findings: readonly Finding[], isFailure: (finding: Finding) => boolean): string {
  const failures = findings.filter(isFailure).length
  const totals = `tests="${Math.max(findings.length, 1)}" failures="${failures}" errors="0" skipped="0"`
  const cases =
    findings.length === 0
      ? ['    <testcase classname="tshift.analyze" name="no findings"/>']
      : findings.flatMap((finding) => testCase(finding, isFailure(finding)))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="tshift analyze" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(finding: Finding, isFailure: boolean): readonly string[] {
  const {code, level, message, subject, line} = finding
  const place = subject?.source === undefined ? '' : ` file="${xmlText(subject.source.file)}" line="${line ?? subject.source.line}"`
  const name = subject === undefined ? code : `${code} ${friendlyName(subject)}`
  const text = xmlText([message, referenceOf(finding)].filter((part) => part !== undefined).join(' at '))
  const inner = isFailure ? `<failure type="${level}" message="${text}"/>` : `<system-out>${level}: ${text}</system-out>`
  return [`    <testcase classname="tshift.analyze" name="${xmlText(name)}"${place}>`, `      ${inner}`, '    </testcase>']
}
