import {Flags} from '@oclif/core'
import {eventType, type Event} from '../api/kinds/event.js'
import {BaseCommand} from '../cli/base-command.js'
import {chunkSizeFlag} from '../cli/flags/get.js'
import {allNamespacesFlag, namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {outputFlags, printerOf} from '../cli/flags/output.js'
import {repeatableList} from '../cli/flags/repeatable.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {listEvents, parseAbout, requireEventTypes, watchEvents} from '../cli/verbs/events.js'
import {eventsView} from '../output/event-columns.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Events extends BaseCommand {
  static override summary = 'Show what happened to pods, routes and everything else, the newest last.'
  static override description = 'Events are about objects: --for shows those of one. They are kept in the namespace of what they are about.'
  static override examples = [
    '<%= config.bin %> events -n demo',
    '<%= config.bin %> events --for deployment/tcp-echo-v1 -n demo',
    '<%= config.bin %> events -A --types=Warning',
    '<%= config.bin %> events -n demo --watch',
  ]

  static override strict = false // words are taken and mean nothing, as with kubectl
  static override flags = {
    ...namespaceFlag,
    ...allNamespacesFlag,
    ...outputFlags,
    ...chunkSizeFlag,
    for: Flags.string({description: 'only events about this object', helpValue: 'TYPE/NAME'}),
    types: Flags.string({description: 'only events of these types: Normal, Warning', helpValue: 'TYPE,…', ...repeatableList}),
    'no-headers': Flags.boolean({description: 'no header line', default: false}),
    watch: Flags.boolean({char: 'w', description: 'go on printing events as they come', default: false}),
  }

  async run(): Promise<readonly Event[]> {
    const {flags} = await this.parse(Events)
    const isTable = (flags.output ?? '') === '' && (flags.template ?? '') === ''
    const printer = printerOf(flags, {showsNamespace: flags['all-namespaces'], hidesHeaders: flags['no-headers'], isMachineOnly: true, listKind: 'EventList'})
    requireEventTypes(flags.types ?? [])
    const {resources} = await this.session()
    const options = {namespace: namespaceOf(flags), about: parseAbout(flags.for, await typesInStore(resources)), types: flags.types ?? []}
    const type = isTable ? eventsView : eventType
    const {events, resourceVersion} = await listEvents(options, resources)
    if (flags.watch) {
      const signal = untilInterrupted()
      this.out(printer.printEach({type, objects: events}))
      for await (const event of watchEvents(resourceVersion, {...options, signal}, resources)) this.out(printer.printEach({type, objects: [event]}))
      process.exitCode = 130
    } else if (events.length === 0) {
      this.say(options.namespace === undefined ? 'No events found.' : `No events found in ${options.namespace} namespace.`)
    } else {
      this.out(printer.print([{type, objects: events}]))
    }
    return events
  }
}
