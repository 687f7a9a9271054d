import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {completionScript, SHELLS} from '../cli/completion/scripts.js'

export default class CompletionCommand extends BaseCommand {
  static override usage = `completion (${SHELLS.join('|')})`
  static override summary = 'Print what makes a shell complete commands, flags, kinds and names.'
  static override description =
    'bash: put `source <(tshift completion bash)` into ~/.bashrc. zsh: `source <(tshift completion zsh)` into ~/.zshrc, behind compinit. ' +
    'fish: `tshift completion fish > ~/.config/fish/completions/tshift.fish`.'
  static override examples = ['source <(<%= config.bin %> completion bash)', '<%= config.bin %> completion fish > ~/.config/fish/completions/tshift.fish']
  static override strict = false

  async run(): Promise<void> {
    const {argv} = await this.parse(CompletionCommand)
    const [wanted] = argv
    const hint = `See '${this.config.bin} completion -h' for help and examples`
    if (wanted === undefined) throw new UserError('Shell not specified.', {hint})
    if (argv.length > 1) throw new UserError('Too many arguments. Expected only the shell type.', {hint})
    const shell = SHELLS.find((known) => known === wanted)
    if (shell === undefined) throw new UserError(`Unsupported shell type ${JSON.stringify(wanted)}.`, {hint})
    this.out(completionScript(shell, this.config.bin))
  }
}
