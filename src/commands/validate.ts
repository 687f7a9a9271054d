import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {repeatableList} from '../cli/flags/repeatable.js'
import {validateFiles, type Validation} from '../cli/validate/validate-files.js'

const MISSING_FILENAME = `Error: error: you must specify resources by --filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`

export default class Validate extends BaseCommand {
  static override summary = "Check Istio's objects in files by istiod's rules, port names of Services and labels of Deployments, without a store."
  static override description = 'Exit code 1 where something is wrong; warnings and notes are none. `analyze` finds more.'
  static override aliases = ['v']
  static override examples = [
    '<%= config.bin %> validate -f examples/tcp-echo/tcp-echo-20-v2.yaml',
    '<%= config.bin %> validate -f examples',
    '<%= config.bin %> get services -o yaml | <%= config.bin %> validate -f -',
  ]
  static override flags = {
    filename: Flags.string({char: 'f', description: 'file, directory, or - for standard input (repeatable)', helpValue: 'PATH', ...repeatableList}),
  }

  async run(): Promise<Validation> {
    const {flags} = await this.parse(Validate)
    const filenames = flags.filename ?? []
    if (filenames.length === 0) {
      this.say(MISSING_FILENAME)
      process.exitCode = 1
      return {errors: [], files: [], notes: []}
    }
    const validation = await validateFiles(filenames, process.stdin)
    for (const note of validation.notes) this.say(note)
    this.#sayFiles(validation)
    if (validation.errors.length > 0) this.#sayErrors(validation.errors)
    return validation
  }

  /** Files that are fine are named only where all are. */
  #sayFiles({files, errors}: Validation): void {
    for (const {name, warnings} of files) {
      const list = `\n${warnings.map((warning) => `\t* ${warning}`).join('\n')}\n`
      if (warnings.length > 0) this.say(name === '-' ? list.trimEnd() : `${JSON.stringify(name)} has warnings: ${list}`)
      else if (errors.length === 0) this.say(name === '-' ? 'validation succeed' : `${JSON.stringify(name)} is valid`)
    }
  }

  /** A single error is set out as several are. */
  #sayErrors(errors: readonly string[]): void {
    const head = errors.length === 1 ? '1 error occurred' : `${errors.length} errors occurred`
    this.say(`Error: ${head}:\n${errors.map((error) => `\t* ${error}\n`).join('')}`)
    process.exitCode = 1
  }
}
