import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {kustomizationSource} from '../manifests/manifest-sources.js'
import {repeatableList} from './repeatable.js'

/** Where manifests come from. */
export const filenameFlags = {
  filename: Flags.string({char: 'f', description: 'file, directory, http(s) URL, or - for standard input (repeatable)', helpValue: 'PATH', ...repeatableList}),
  kustomize: Flags.string({char: 'k', description: 'directory with a kustomization: needs kustomize or kubectl on the PATH', helpValue: 'DIRECTORY'}),
  recursive: Flags.boolean({char: 'R', description: 'look into directories below as well', default: false}),
}

export interface FilenameFlags {
  readonly filename?: readonly string[] | undefined
  readonly kustomize?: string | undefined
  readonly recursive: boolean
}

/** What `-f` and `-k` name, for `readSources`; undefined where neither was given. Throws kubectl's UserError for both. */
export function filenamesOf({filename, kustomize, recursive}: FilenameFlags): readonly string[] | undefined {
  if (kustomize === undefined) return filename
  if (filename !== undefined || recursive) {
    throw new UserError(filename === undefined ? "the -k flag can't be used with -f or -R" : 'only one of -f or -k can be specified')
  }
  return [kustomizationSource(kustomize)]
}

/** The flags with what `-k` names among the filenames. Throws as `filenamesOf`. */
export function withKustomization<F extends object>(flags: F): F {
  const {kustomize, ...others} = flags as FilenameFlags
  return kustomize === undefined ? flags : ({...others, filename: filenamesOf({...others, kustomize})} as F)
}
