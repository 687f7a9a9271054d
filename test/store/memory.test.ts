import {memoryStore} from '../../src/store/memory.js'
import {describeStore} from '../contract/store.js'

describeStore('the store in memory', {open: async (options) => memoryStore(options)})
