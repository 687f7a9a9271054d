import {readFileSync} from 'node:fs'
import {Flags} from '@oclif/core'
import {systemClock} from '../../base/clock.js'
import type {Printer} from '../../output/printer.js'
import {printerFor, type PrinterOptions} from '../../output/printers.js'

const FORMATS = 'json, yaml, kyaml, name, go-template=TEMPLATE, go-template-file=FILE, jsonpath=TEMPLATE, jsonpath-as-json=TEMPLATE or jsonpath-file=FILE'

const templateFlags = {
  template: Flags.string({description: 'the template (or its file) where -o does not give it', helpValue: 'TEMPLATE'}),
  'allow-missing-template-keys': Flags.boolean({description: 'what a template does not find is no error', default: true, allowNo: true}),
  'show-managed-fields': Flags.boolean({description: 'print metadata.managedFields as JSON and YAML too', default: false}),
}

/** `-o` and what belongs to it, for verbs that print the objects they changed. */
export const outputFlags = {
  output: Flags.string({char: 'o', description: FORMATS, helpValue: 'FORMAT'}),
  ...templateFlags,
}

/** The same for verbs that print tables as well. */
export const tableOutputFlags = {
  output: Flags.string({
    char: 'o',
    description: `wide, ${FORMATS.replace(' or jsonpath-file', ', jsonpath-file')}, custom-columns=SPEC or custom-columns-file=FILE`,
    helpValue: 'FORMAT',
  }),
  ...templateFlags,
}

export interface OutputValues {
  readonly output?: string | undefined
  readonly template?: string | undefined
  readonly 'allow-missing-template-keys': boolean
  readonly 'show-managed-fields': boolean
}

/** The printer that output flags ask for. Throws a UserError in kubectl's words where there is none. */
export function printerOf(flags: OutputValues, options: Partial<PrinterOptions> = {}): Printer {
  return printerFor(flags.output, {
    clock: systemClock,
    template: flags.template,
    allowsMissingKeys: flags['allow-missing-template-keys'],
    showsManagedFields: flags['show-managed-fields'],
    readFile: (path) => readFileSync(path, 'utf8'),
    ...options,
  })
}
