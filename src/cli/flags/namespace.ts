import {Flags} from '@oclif/core'
import {currentNamespace} from '../context/context-file.js'

/** `-n` and, for what reads, `-A`. */
export const namespaceFlag = {
  namespace: Flags.string({char: 'n', description: 'namespace to work in', helpValue: 'NAMESPACE'}),
}

export const allNamespacesFlag = {
  'all-namespaces': Flags.boolean({char: 'A', description: 'look in all namespaces', default: false}),
}

/** The namespace a request goes to, the current context's where none is named; undefined for all of them. */
export function namespaceOf(flags: {namespace?: string | undefined; 'all-namespaces'?: boolean}): string | undefined {
  return flags['all-namespaces'] === true ? undefined : (flags.namespace ?? currentNamespace())
}
