// Puts off what a compiled file loads until something of it is used. Both know their files by how the tools that made them name things.

/**
 * Of a chunk from esbuild: other chunks and parts of Node are loaded when something of them is first used. esbuild calls them `import_name`, names them before
 * all else, and calls nothing else so.
 */
export function importLate(code) {
  const imports = [...code.matchAll(/\b(import_\w+)=((?:__toESM\()?require\("[^"]+"\)(?:,1)?\)?)(?=[,;])/g)]
  const names = new Set(imports.map(([, name]) => name))
  return code
    .replace(/(?<![\w$])import_\w+(?![\w=])/g, (name) => (names.has(name) ? `(${name}())` : name))
    .replace(/(?<=[;\n])require\("\.\/[^"]+"\);/g, '')
    .replace(/\b(import_\w+)=((?:__toESM\()?require\("[^"]+"\)(?:,1)?\)?)(?=[,;])/g, '$1_,$1=()=>$1_??=$2')
}

/** Of a file from TypeScript: what it requires it calls `errors_1`, and nothing else so. */
export function requireLate(text) {
  return text
    .replace(/(?<![\w$.])([a-z]\w*_\d+)(?= *[.,)\]])/g, '($1())')
    .replace(/^(?:const|var) ([a-z]\w*_\d+) = (.*\brequire\(.*\));$/gm, 'let $1_; const $1 = () => ($1_ ??= $2);')
    .replace(/^exports\.(\w+) = (__importStar\(require\(.*\)\));$/gm, 'Object.defineProperty(exports, "$1", {enumerable: true, get: () => $2});')
    .replace(/^checkNodeVersion\(\);$/m, '')
}
