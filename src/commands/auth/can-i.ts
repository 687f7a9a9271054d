import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {allNamespacesFlag, namespaceFlag} from '../../cli/flags/namespace.js'
import {ALLOWED, canIWarnings} from '../../cli/verbs/can-i.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'
import {typesInStore} from '../../resources/types-in-store.js'

const HEADS = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']

export default class AuthCanI extends BaseCommand {
  static override summary = 'Say whether something may be done: here it may.'
  static override description = 'The store belongs to whoever can read its directory, so the answer is yes and the exit code 0.'
  static override usage = '<%= command.id %> VERB [TYPE | TYPE/NAME | URL]'
  static override examples = [
    '<%= config.bin %> auth can-i create pods',
    '<%= config.bin %> auth can-i --list',
    '<%= config.bin %> auth can-i get pods --subresource=log -q',
  ]

  static override strict = false
  static override flags = {
    ...namespaceFlag,
    ...allNamespacesFlag,
    list: Flags.boolean({description: 'list all that may be done', default: false}),
    quiet: Flags.boolean({char: 'q', description: 'answer with the exit code alone', default: false}),
    subresource: Flags.string({description: 'part of the resource that is meant, e.g. log; all of them are allowed alike', helpValue: 'NAME'}),
    'no-headers': Flags.boolean({description: 'no header line above the list', default: false}),
  }

  async run(): Promise<boolean> {
    const {flags, argv} = await this.parse(AuthCanI)
    requireSense(flags, argv as string[])
    if (flags.list) {
      this.out(alignRows(flags['no-headers'] ? ALLOWED : [HEADS, ...ALLOWED], TABLE_LAYOUT))
      return true
    }
    const {resources} = await this.session()
    const warnings = canIWarnings({words: argv as string[], allNamespaces: flags['all-namespaces']}, await typesInStore(resources))
    for (const warning of warnings) this.say(warning)
    if (!flags.quiet) this.out('yes\n')
    return true
  }
}

interface Question {
  readonly list: boolean
  readonly quiet: boolean
  readonly subresource?: string | undefined
  readonly 'all-namespaces': boolean
  readonly 'no-headers': boolean
}

/** Source: kubectl `auth/cani.go` `Complete` and `Validate`. */
function requireSense({list, quiet, subresource, ...flags}: Question, words: readonly string[]): void {
  if (list && words.length > 0) throw new UserError('list option must be specified with no arguments')
  if (list && (quiet || flags['all-namespaces'] || subresource !== undefined)) {
    throw new UserError("list option can't be specified with neither quiet, all-namespaces nor subresource options")
  }
  if (!list && words.length === 2 && flags['no-headers']) throw new UserError('--no-headers cannot be set without --list specified')
}
