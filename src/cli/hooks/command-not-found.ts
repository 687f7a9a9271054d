import type {Hook} from '@oclif/core'
import {unknownCommandText, untilUnknown} from '../unknown-command.js'

/** oclif asks here when there is no such command. */
export const commandNotFound: Hook.CommandNotFound = async function ({id, config}) {
  const names = config.commands.filter(({hidden}) => !hidden).map((command) => command.id.split(':')[0] ?? '')
  const ids = config.commands.map((command) => command.id)
  process.stderr.write(`${unknownCommandText(untilUnknown(id, ids), names)}\n`)
  this.exit(1)
}
