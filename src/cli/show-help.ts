import {loadHelpClass, type Config} from '@oclif/core'

/** Prints the help of a command to stdout. oclif writes the id it shows into the command: it gets its own back, for whoever runs a command after it. */
export async function showHelp(config: Config, id: string): Promise<void> {
  const command = config.findCommand(id)
  const before = command === undefined ? {} : {id: command.id, aliases: command.aliases}
  const Help = await loadHelpClass(config)
  await new Help(config, config.pjson.oclif.helpOptions ?? config.pjson.helpOptions).showHelp(id.split(':'))
  if (command !== undefined) Object.assign(command, before)
}
