import type {Interfaces} from '@oclif/core'
import {UserError} from '../../base/user-error.js'

/** Throws a UserError in pflag's words where a switch has a value that is neither true nor false: oclif takes `--watch=x` for two words. */
export function requireSwitchValues(words: readonly string[], flags: Interfaces.FlagInput, verb: string): void {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  for (const word of words.slice(0, end)) {
    const [, name = '', value = ''] = /^--([a-z-]+)=(.*)$/s.exec(word) ?? []
    const flag = flags[name]
    if (flag?.type !== 'boolean') continue
    const spelling = flag.char === undefined ? `--${name}` : `-${flag.char}, --${name}`
    const problem = `invalid argument ${JSON.stringify(value)} for "${spelling}" flag: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
    throw new UserError(problem, {hint: `See 'tshift ${verb} --help' for usage.`})
  }
}
