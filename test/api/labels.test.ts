import {describe, expect, test} from 'vitest'
import {formatSelector, fromLabelSelector, matches, parseSelector, selectorFromMap} from '../../src/api/labels.js'
import {StatusError} from '../../src/api/status-error.js'

const NAME = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

describe('label selectors', () => {
  // texts and results of kubectl 1.35.2: `kubectl create pdb x --min-available=1 --dry-run=client --selector=…`
  test.each([
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['a=b,,c', "found ',', expected: identifier after ','"],
    ['a=b,', "found '', expected: identifier after ','"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in', "unable to parse requirement: found '' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['=a', "found '=', expected: !, identifier, or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a gt 5', "unable to parse requirement: found 'gt', expected: in, notin, =, ==, !=, gt, lt"],
    ['a(b', "unable to parse requirement: found '(', expected: in, notin, =, ==, !=, gt, lt"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['a=b!c', "found '!', expected: ',' or 'end of string'"],
    ['a>x', "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer"],
    ['-a=1', `unable to parse requirement: <nil>: Invalid value: "-a": name part ${NAME}`],
    ['a/b/c=d', `unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key ${NAME} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
    [
      'a = -x',
      "unable to parse requirement: values[0][a]: Invalid value: \"-x\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
    [`a=${'x'.repeat(64)}`, `unable to parse requirement: values[0][a]: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`],
  ])('%s is refused in the words of kubectl', (text, message) => {
    expect(() => parseSelector(text)).toThrow(new StatusError('BadRequest', message))
  })

  test.each([
    ['', ''],
    [' a = b , c ', 'a=b,c'],
    ['a==b', 'a=b'],
    ['a!=b', 'a!=b'],
    ['a=', 'a='],
    ['a in ()', 'a in ()'],
    ['a notin (x,)', 'a notin (,x)'],
    ['a in (y,,x,y)', 'a in (,x,y)'],
    ['version in (v2,v1),!canary,app=tcp-echo', 'app=tcp-echo,!canary,version in (v1,v2)'],
    ['a>5,b<3', 'a>5,b<3'],
    ['example.com/in=notin', 'example.com/in=notin'],
  ])('%s is understood', (text, formatted) => {
    expect(formatSelector(parseSelector(text))).toBe(formatted)
  })

  test.each([
    ['app=tcp-echo', true],
    ['app!=tcp-echo', false],
    ['canary!=yes', true],
    ['version in (v1,v2)', true],
    ['version notin (v1,v2)', false],
    ['canary notin (x)', true],
    ['canary in (x)', false],
    ['version', true],
    ['!version', false],
    ['!canary', true],
    ['build>41', true],
    ['build<42', false],
    ['version>1', false],
    ['canary<1', false],
    ['toString', false],
    ['', true],
  ])('%s selects {app: tcp-echo, version: v1, build: 42}: %s', (text, expected) => {
    expect(matches(parseSelector(text), {app: 'tcp-echo', version: 'v1', build: '42'})).toBe(expected)
  })

  test('a workload selector is its labels and its expressions together', () => {
    const selector = fromLabelSelector({
      matchLabels: {app: 'a'},
      matchExpressions: [
        {key: 'v', operator: 'In', values: ['1', '2']},
        {key: 'w', operator: 'NotIn', values: ['3']},
        {key: 'x', operator: 'Exists'},
        {key: 'y', operator: 'DoesNotExist'},
      ],
    })
    expect(formatSelector(selector)).toBe('app=a,v in (1,2),w notin (3),x,!y')
    expect(() => fromLabelSelector({matchExpressions: [{key: 'v', operator: 'Is'}]})).toThrow('"Is" is not a valid label selector operator')
  })

  test('the selector of a Service asks for each of its labels', () => {
    expect(formatSelector(selectorFromMap({b: '2', a: '1'}))).toBe('a=1,b=2')
  })
})
