/**
 * What kubectl puts before the reason. `yaml`: not YAML; `unmarshal`: YAML that says one thing twice; `json`: YAML that JSON cannot hold;
 * `stream`: not even a document; `validating`: not an object of the API; `decoding`: the same to a verb that does not validate; `size`: too much.
 */
export type Stage = 'yaml' | 'unmarshal' | 'json' | 'stream' | 'validating' | 'decoding' | 'size'

/** Why a document cannot be read, in the words of go-yaml and kubectl, and where. Caught by `parseManifest` and `readYamlValue`, and nowhere else. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly stage: Stage
  readonly offset: number

  constructor(stage: Stage, message: string, offset: number) {
    super(message)
    this.stage = stage
    this.offset = offset
  }
}
