import {describe, expect, test} from 'vitest'
import {importLate, requireLate} from '../../bin/late.mjs'

describe('a chunk from esbuild', () => {
  test('asks for another chunk or a part of Node when something of it is first used', () => {
    const chunk = 'var import_a=require("./chunk-A.cjs"),import_fs=__toESM(require("node:fs"),1),own=()=>import_a.x(import_fs.y);'
    expect(importLate(chunk)).toBe(
      'var import_a_,import_a=()=>import_a_??=require("./chunk-A.cjs"),import_fs_,import_fs=()=>import_fs_??=__toESM(require("node:fs"),1),' +
        'own=()=>(import_a()).x((import_fs()).y);',
    )
  })

  test('does not ask for a chunk of which it uses nothing', () => {
    expect(importLate('var a=1;require("./chunk-B.cjs");var b=2;')).toBe('var a=1;var b=2;')
  })

  test('keeps a name that is only like one of an import', () => {
    expect(importLate('var import_a=require("./a.cjs"),x=my_import_a+import_b;')).toBe('var import_a_,import_a=()=>import_a_??=require("./a.cjs"),x=my_import_a+import_b;')
  })
})

describe('a module of oclif', () => {
  test('requires another when something of it is first used', () => {
    const text = ['const errors_1 = require("../errors");', 'const ux_1 = __importDefault(require("./ux"));', 'errors_1.warn(ux_1.default, errors_1)'].join('\n')
    expect(requireLate(text)).toBe(
      [
        'let errors_1_; const errors_1 = () => (errors_1_ ??= require("../errors"));',
        'let ux_1_; const ux_1 = () => (ux_1_ ??= __importDefault(require("./ux")));',
        '(errors_1()).warn((ux_1()).default, (errors_1()))',
      ].join('\n'),
    )
  })

  test('gives away what it only passes on when that is asked for', () => {
    expect(requireLate('exports.ux = __importStar(require("./ux"));')).toBe(
      'Object.defineProperty(exports, "ux", {enumerable: true, get: () => __importStar(require("./ux"))});',
    )
  })
})
