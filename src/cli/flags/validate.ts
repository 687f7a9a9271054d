import {Flags} from '@oclif/core'
import type {FieldValidation} from '../../resources/write-options.js'

export const validateFlag = {
  validate: Flags.option({
    options: ['strict', 'true', 'warn', 'ignore', 'false'] as const,
    default: 'strict' as const,
    description: 'what to do about unknown fields: refuse (strict), warn, or ignore',
  })(),
}

export function fieldValidationOf({validate}: {validate: 'strict' | 'true' | 'warn' | 'ignore' | 'false'}): FieldValidation {
  switch (validate) {
    case 'strict':
    case 'true':
      return 'Strict'
    case 'warn':
      return 'Warn'
    case 'ignore':
    case 'false':
      return 'Ignore'
  }
}
