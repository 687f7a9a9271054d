import {Args} from '@oclif/core'
import {readFile} from 'node:fs/promises'
import {BaseCommand} from '../../cli/base-command.js'
import {UserError} from '../../base/user-error.js'
import {renderLedger} from '../../output/report/render-ledger.js'
import {parseLedger, type LedgerEntry} from '../../tally/ledger.js'

export default class TallyLedger extends BaseCommand {
  static override summary = 'Show the runs of a ledger.'
  static override examples = ['<%= config.bin %> tally ledger split.ledger']
  static override args = {file: Args.string({required: true, description: 'ledger written by tally --append', ignoreStdin: true})}

  async run(): Promise<readonly LedgerEntry[]> {
    const {args} = await this.parse(TallyLedger)
    const text = await readFile(args.file, 'utf8').catch((error: unknown) => {
      throw new UserError(`cannot read ${args.file}: ${(error as Error).message}`)
    })
    const entries = parseLedger(text, args.file)
    this.out(renderLedger(entries))
    return entries
  }
}
