import type {Position} from './line-finder.js'
import type {ManifestProblem} from './manifest.js'
import type {Unreadable} from './unreadable.js'

/** kubectl's sentence for a document that cannot be read, with the place where kubectl leaves it out. */
export function toProblem({stage, message}: Unreadable, file: string, position: Position): ManifestProblem {
  return {type: 'problem', file, message: sentence(), ...position}

  function sentence(): string {
    const {line, column} = position
    const place = ` (${file}:${line}:${column})`
    const converting = `error parsing ${file}: error converting YAML to JSON:`
    switch (stage) {
      case 'yaml':
        return `${converting} yaml: line ${line}, column ${column}: ${message}`
      case 'unmarshal':
        return `${converting} yaml: unmarshal errors:\n${message}`
      case 'json':
        return `${converting} json: ${message}${place}`
      case 'stream':
        return `error parsing ${file}: ${message}${place}`
      case 'validating':
        return `error validating "${file}": error validating data: ${message}; if you choose to ignore these errors, turn validation off with --validate=false${place}`
      case 'decoding':
        return `unable to decode "${file}": ${message}`
      case 'size':
        return `${message}${place}`
    }
  }
}
