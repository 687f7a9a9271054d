import {Flags} from '@oclif/core'
import type {DataSources} from '../create/data-sources.js'
import {repeatable} from './repeatable.js'

/** What a ConfigMap or Secret is made of. */
export const dataFlags = {
  'from-literal': Flags.string({...repeatable, description: 'a key and its value (repeatable)', helpValue: 'KEY=VALUE'}),
  'from-file': Flags.string({...repeatable, description: "a file, under its own name or KEY; of a directory each file (repeatable)", helpValue: '[KEY=]PATH'}),
  'from-env-file': Flags.string({...repeatable, description: 'a file of KEY=VALUE lines (repeatable)', helpValue: 'PATH'}),
}

export const appendHashFlag = {
  'append-hash': Flags.boolean({description: 'put a hash of the contents behind the name', default: false}),
}

/** What `dataFlags` say. */
export function dataSources(flags: {readonly [name in keyof typeof dataFlags]?: readonly string[] | undefined}): DataSources {
  return {literals: flags['from-literal'] ?? [], files: flags['from-file'] ?? [], envFiles: flags['from-env-file'] ?? []}
}
