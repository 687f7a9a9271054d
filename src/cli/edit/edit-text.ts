import type {KubeObject} from '../../api/object.js'
import {formatJson} from '../../output/json.js'
import {formatYaml} from '../../output/yaml.js'

/** What is wrong with one object of the file that is edited. */
export interface EditReason {
  /** `deployments.apps "x" was not valid` */
  readonly head: string
  readonly details: readonly string[]
}

export type EditFormat = 'yaml' | 'json'

const HEADER = [
  "Please edit the object below. Lines beginning with a '#' will be ignored,",
  'and an empty file will abort the edit. If an error occurs while saving this file will be',
  'reopened with the relevant failures.',
  '',
]

/** The text the editor opens: what went wrong before on top (JSON has no comments), then the objects. Source: kubectl `editoptions.go` `writeTo`. */
export function editText(body: string, reasons: readonly EditReason[], format: EditFormat): string {
  if (format === 'json') return body
  const lines = [...HEADER, ...reasons.flatMap(({head, details}) => [`${head}:`, ...details.map((detail) => `* ${detail}`), ''])]
  const comment = lines.map((line) => (line === '' ? '#' : `# ${line.replaceAll('\n', '\n# ')}`)).join('\n')
  return `${comment}\n${body}`
}

/** One object as it is, several as a List. */
export function objectsText(objects: readonly KubeObject[], format: EditFormat): string {
  const value = objects.length === 1 ? objects[0] : {apiVersion: 'v1', items: objects, kind: 'List', metadata: {}}
  return format === 'json' ? formatJson(value) : formatYaml(value)
}

/** What the user wrote, without comments and without the carriage returns of Windows. */
export function withoutComments(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  return lines.filter((line) => !line.startsWith('#')).join('\n')
}
