import type {Json} from '../object.js'
import {parseYaml} from './parse-yaml.js'
import {toJson} from './to-json.js'
import {Unreadable} from './unreadable.js'

/** The JSON of one YAML or JSON text that is a value inside an object, such as an annotation's; undefined where it cannot be read, null where it is empty. */
export function readYamlValue(text: string): Json | undefined {
  try {
    const root = parseYaml(text)
    if (root === null) return null
    const {value, duplicates} = toJson(root)
    return duplicates.length === 0 ? value : undefined
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}
