import {Flags} from '@oclif/core'
import {repeatableList} from './repeatable.js'

/** `--field-selector`, for every verb that selects. */
export const fieldSelectorFlag = {
  'field-selector': Flags.string({description: 'fields to select by, e.g. status.phase=Running,metadata.name!=x', helpValue: 'SELECTOR'}),
}

export const chunkSizeFlag = {
  'chunk-size': Flags.integer({description: 'accepted as kubectl has it; lists are never cut into chunks here', default: 500, helpValue: 'N'}),
}

/** What `get` shows besides a type's own columns, and how it goes on. */
export const getFlags = {
  'label-columns': Flags.string({char: 'L', description: 'labels to show as columns of their own', helpValue: 'KEY,…', ...repeatableList}),
  'show-labels': Flags.boolean({description: 'show all labels in the last column', default: false}),
  'show-kind': Flags.boolean({description: 'show names as kind/name', default: false}),
  'no-headers': Flags.boolean({description: 'no header line', default: false}),
  'sort-by': Flags.string({description: "sort by what a path finds, e.g. --sort-by=.metadata.name or '{.spec.replicas}'", helpValue: 'PATH'}),
  'ignore-not-found': Flags.boolean({description: 'what is not there is no error', default: false}),
  watch: Flags.boolean({char: 'w', description: 'go on printing changes', default: false}),
  'watch-only': Flags.boolean({description: 'print changes only', default: false}),
  'output-watch-events': Flags.boolean({description: 'with -w: say of each object whether it was ADDED, MODIFIED or DELETED', default: false}),
  'server-print': Flags.boolean({description: "a type's own columns; --server-print=false shows NAME and AGE", default: true, allowNo: true}),
  subresource: Flags.string({description: 'show status or scale of the objects', helpValue: 'NAME'}),
  raw: Flags.string({description: "print what the API server has at a path, e.g. --raw /api/v1/namespaces/demo/pods", helpValue: 'PATH'}),
}
