import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import type {FieldValidation} from '../../resources/write-options.js'
import {goBoolean} from '../command-line/go-boolean.js'

export const validateFlag = {
  validate: Flags.string({
    default: 'strict',
    helpValue: 'strict|warn|ignore',
    description: 'what to do about unknown fields: refuse (strict, or true), warn, or ignore (or false)',
  }),
}

const DIRECTIVES: Readonly<Record<string, FieldValidation>> = {strict: 'Strict', warn: 'Warn', ignore: 'Ignore'}

/** Throws a UserError in kubectl's words. Source: kubectl `cmdutil.GetValidationDirective`. */
export function fieldValidationOf({validate}: {readonly validate: string}): FieldValidation {
  const isOn = goBoolean(validate)
  const directive = isOn === undefined ? DIRECTIVES[validate] : DIRECTIVES[isOn ? 'strict' : 'ignore']
  if (directive === undefined) {
    throw new UserError(`invalid - validate option ${JSON.stringify(validate)}; must be one of: strict (or true), warn, ignore (or false)`)
  }
  return directive
}
