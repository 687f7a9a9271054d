import type {Selector} from '../../api/labels.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {selectorOf} from '../flags/selector.js'
import type {OutputValues} from '../flags/output.js'
import type {Target} from '../targets.js'
import {unableToFind} from './get.js'

/** The flags of `get` as they were given. */
export interface GetValues extends OutputValues {
  readonly filename?: readonly string[] | undefined
  readonly kustomize?: string | undefined
  readonly recursive: boolean
  readonly namespace?: string | undefined
  readonly 'all-namespaces': boolean
  readonly selector?: string | undefined
  readonly 'field-selector'?: string | undefined
  readonly 'label-columns'?: readonly string[] | undefined
  readonly 'show-labels': boolean
  readonly 'show-kind': boolean
  readonly 'no-headers': boolean
  readonly 'sort-by'?: string | undefined
  readonly 'ignore-not-found': boolean
  readonly watch: boolean
  readonly 'watch-only': boolean
  readonly 'output-watch-events': boolean
  readonly 'server-print': boolean
  readonly subresource?: string | undefined
  readonly raw?: string | undefined
}

/** Throws a UserError in kubectl's words for flags that do not go together. Source: kubectl `get.go` `Validate`. */
export function requireGetFlags(flags: GetValues, words: readonly string[]): void {
  const problem = rawProblem(flags, words) ?? outputProblem(flags) ?? subresourceProblem(flags, words)
  if (problem !== undefined) throw problem
}

function rawProblem({raw, watch, selector, output, ...flags}: GetValues, words: readonly string[]): UserError | undefined {
  if (raw === undefined) return undefined
  if (words.length > 0) return new UserError('arguments may not be passed when --raw is specified')
  if (watch || flags['watch-only'] || (selector ?? '') !== '') {
    return new UserError('--raw may not be specified with other flags that filter the server request or alter the output')
  }
  return (output ?? '') === '' ? undefined : usage('--raw and --output are mutually exclusive')
}

function outputProblem({output = '', watch, ...flags}: GetValues): UserError | undefined {
  if (flags['show-labels'] && output !== '' && output !== 'wide') return new UserError(`--show-labels option cannot be used with ${output} printer`)
  if (flags['output-watch-events'] && !watch && !flags['watch-only']) {
    return new UserError('--output-watch-events option can only be used with --watch or --watch-only')
  }
  return undefined
}

/** A subresource is one object's, so there has to be a name. */
function subresourceProblem({subresource, filename}: GetValues, words: readonly string[]): UserError | undefined {
  const isBulk = filename === undefined && words.length === 1 && words[0]?.includes('/') === false
  return subresource !== undefined && isBulk ? new UserError('subresource cannot be used when bulk resources are specified') : undefined
}

function usage(problem: string): UserError {
  return new UserError(problem, {hint: "See 'tshift get -h' for help and examples"})
}

/** The label selector. Throws a BadRequest as kubectl words it, with the first type that was asked for. */
export function labelSelectorOf(flags: Pick<GetValues, 'selector' | 'field-selector'>, [target]: readonly Target[]): Selector | undefined {
  try {
    return selectorOf(flags)
  } catch (cause) {
    if (!(cause instanceof StatusError) || target === undefined) throw cause
    throw new StatusError('BadRequest', `${unableToFind(target.type, flags.selector ?? '', flags['field-selector'] ?? '')}${cause.message}`)
  }
}
