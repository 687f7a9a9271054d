import {Flags} from '@oclif/core'

/** Where manifests come from. */
export const filenameFlags = {
  filename: Flags.string({
    char: 'f',
    description: 'file, directory, http(s) URL, or - for standard input (repeatable)',
    helpValue: 'PATH',
    multiple: true,
    multipleNonGreedy: true,
  }),
  recursive: Flags.boolean({char: 'R', description: 'look into directories below as well', default: false}),
}
