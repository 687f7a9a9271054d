import {BaseCommand} from '../cli/base-command.js'
import {complete, type Candidate} from '../cli/completion/candidates.js'
import type {KnownCommand, KnownFlag} from '../cli/completion/command-line.js'
import {storeLookups} from '../cli/completion/lookups.js'

/** For the scripts of `completion`: the words of a command line in, candidates and a directive out. Source: cobra `completions.go`. */
export default class Complete extends BaseCommand {
  static override hidden = true
  static override strict = false
  static override summary = 'Tell a shell what may come next.'
  static override examples = ["<%= config.bin %> __complete -- get pods ''"]

  async run(): Promise<void> {
    const words = this.argv[0] === '--' ? this.argv.slice(1) : this.argv
    const {candidates, directive} = await complete(words, this.commands(), storeLookups(() => this.session()))
    this.out(`${candidates.map(lineOf).join('')}:${directive}\n`)
  }

  private commands(): readonly KnownCommand[] {
    // oclif lists a command under its other names as well
    const own = this.config.commands.filter(({id, aliases}) => !aliases.includes(id))
    return own.map(({id, aliases, summary, hidden, flags}) => ({id, aliases, summary, hidden, flags: Object.values(flags) as readonly KnownFlag[]}))
  }
}

function lineOf({text, description}: Candidate): string {
  const [first] = (description ?? '').split('\n')
  return first === undefined || first === '' ? `${text}\n` : `${text}\t${first}\n`
}
