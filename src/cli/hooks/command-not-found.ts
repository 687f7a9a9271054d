import type {Hook} from '@oclif/core'
import {unknownCommandText} from '../unknown-command.js'

/** oclif asks here when there is no such command. */
export const commandNotFound: Hook.CommandNotFound = async function ({id, config}) {
  const names = config.commands.filter(({hidden}) => !hidden).map((command) => command.id.split(':')[0] ?? '')
  process.stderr.write(`${unknownCommandText(id, names)}\n`)
  this.exit(1)
}
