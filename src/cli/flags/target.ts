import {Flags} from '@oclif/core'
import {filenameFlags} from './filename.js'
import {allNamespacesFlag, namespaceFlag} from './namespace.js'
import {selectorFlag} from './selector.js'

/** How a verb is told which objects it works on, besides by type and name. */
export const targetFlags = {...filenameFlags, ...namespaceFlag, ...allNamespacesFlag, ...selectorFlag}

/** For verbs that change objects: a kind without a name means all of it only where that is said. */
export const allFlag = {
  all: Flags.boolean({description: 'all objects of the kinds given', default: false}),
}
