import {Help} from '@oclif/core'
import {FACES} from './faces.js'

/** `tshift --help` by the tools the commands come from, instead of one long list. */
export class GroupedHelp extends Help {
  protected override async showRootHelp(): Promise<void> {
    this.log(this.formatRoot())
    const listed = new Set(FACES.flatMap(({names}) => names))
    const rest = [...this.sortedTopics.map(({name}) => name), ...this.sortedCommands.map(({id}) => id)].map((id) => id.split(':')[0] ?? '')
    const others = [...new Set(rest)].filter((name) => !listed.has(name) && this.config.findTopic(name)?.hidden !== true)
    for (const {title, names} of [...FACES, {title: 'Others', names: others}]) {
      const items = names.flatMap((name) => this.#item(name))
      if (items.length === 0) continue
      const list = this.renderList(items, {indentation: 2, spacer: '\n', stripAnsi: this.opts.stripAnsi ?? false})
      this.log(`\n${this.section(title.toUpperCase(), list)}`)
    }
    this.log(`\nUse "tshift <command> --help" for more information about a given command.`)
  }

  /** A command's summary, or what a group of commands is about. */
  #item(name: string): [string, string][] {
    const command = this.config.findCommand(name)
    if (command?.hidden === true) return []
    const text = command === undefined ? this.config.findTopic(name)?.description : this.summary(command)
    return text === undefined ? [] : [[name, text.split('\n')[0] ?? '']]
  }
}
