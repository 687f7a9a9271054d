import {BaseCommand} from '../cli/base-command.js'

export default class Nc extends BaseCommand {
  static override summary = 'Connect as nc does, for machines that have none.'
  static override description = 'nc [-v] [-z] [-w SECONDS] [-q SECONDS] HOST PORT: standard input goes to the server, its answer to standard output.'
  static override examples = ['(date; sleep 1) | <%= config.bin %> nc 127.0.0.1 31400']
  static override strict = false

  /** Flags are nc's own, `-n` among them: oclif does not parse them. */
  async run(): Promise<void> {
    const [{nc}, {parseNcArguments}] = await Promise.all([import('../workload/nc/nc.js'), import('../workload/nc/nc-arguments.js')])
    const parsed = parseNcArguments(this.argv)
    if (parsed.type === 'refused') {
      this.say(parsed.message.startsWith('usage') ? parsed.message : `nc: ${parsed.message}`)
      process.exitCode = 1
      return
    }
    process.exit(await nc(parsed.options, process)) // standard input may still be open, and nobody will read it
  }
}
