import {expect, test} from 'vitest'
import {goJsonError} from '../../src/api/go-json-error.js'

test.each([
  ['{"a":[1,-2.5e3,"x\\u00e9",true,null,{}]}', undefined],
  ['', 'unexpected end of JSON input'],
  ['{"spec":', 'unexpected end of JSON input'],
  ['{"spec', 'unexpected end of JSON input'],
  ['{"spec":tru', 'unexpected end of JSON input'],
  ['[1,', 'unexpected end of JSON input'],
  ['{x}', "invalid character 'x' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['{"a":x}', "invalid character 'x' looking for beginning of value"],
  ['{"a":trux}', "invalid character 'x' in literal true (expecting 'e')"],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a":-}', "invalid character '}' in numeric literal"],
  ['{"a":"\n"}', "invalid character '\\n' in string literal"],
  ['{} x', "invalid character 'x' after top-level value"],
])('Go says of %j: %j', (text, message) => {
  expect(goJsonError(text)).toBe(message)
})
