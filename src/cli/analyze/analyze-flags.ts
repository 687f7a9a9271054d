import {Flags, type Interfaces} from '@oclif/core'
import {LEVELS, type Level} from '../../analyze/finding.js'
import {UserError} from '../../base/user-error.js'
import {FINDING_FORMATS, type FindingFormat} from '../../output/findings/finding-formats.js'
import {isKnownCode} from '../../analyze/messages.js'
import type {Suppression} from '../../analyze/select-findings.js'
import {parseDuration} from '../duration.js'
import {allNamespacesFlag, namespaceFlag} from '../flags/namespace.js'
import {parseSuppressions} from './parse-suppressions.js'
import {repeatable} from '../flags/repeatable.js'

const USAGE_EXIT = 64

export const analyzeFlags = {
  ...namespaceFlag,
  ...allNamespacesFlag,
  recursive: Flags.boolean({char: 'R', description: 'look into directories below as well', default: false}),
  'use-kube': Flags.boolean({
    char: 'k',
    description: 'analyze what is applied, with the files on top of it; --use-kube=false: files alone',
    default: true,
    allowNo: true,
  }),
  'failure-threshold': Flags.string({
    description: 'how bad a finding must be to end with exit code 79: Info, Warning or Error',
    default: 'Error',
    helpValue: 'LEVEL',
  }),
  'output-threshold': Flags.string({description: 'how bad a finding must be to be shown: Info, Warning or Error', default: 'Info', helpValue: 'LEVEL'}),
  output: Flags.string({char: 'o', description: `how to print findings: ${FINDING_FORMATS.join(', ')}`, default: 'log', helpValue: 'FORMAT'}),
  suppress: Flags.string({
    char: 'S',
    description: "leave out a code for objects: 'IST0103=Pod testing/mypod', with * for anything (repeatable)",
    helpValue: 'CODE=OBJECT',
    ...repeatable,
  }),
  analyzer: Flags.string({description: 'run this analyzer and no other (repeatable); -L lists them', helpValue: 'NAME', ...repeatable}),
  'list-analyzers': Flags.boolean({char: 'L', description: 'list the analyzers and do nothing else', default: false}),
  'ignore-unknown': Flags.boolean({description: 'end with exit code 0 although documents could not be read', default: false}),
  color: Flags.boolean({description: 'colour the levels (default: on a terminal, unless TERM is dumb)', allowNo: true}),
  timeout: Flags.string({description: 'how long analysis may take', default: '30s', helpValue: 'DURATION'}),
  verbose: Flags.boolean({char: 'v', description: 'say what was analyzed and by which analyzers', default: false, allowNo: true}),
  meshConfigFile: Flags.string({description: 'not supported: there is no mesh config here', helpValue: 'PATH', hidden: true}),
}

/** What the flags mean. */
export interface AnalyzeOptions {
  /** The one findings are shown of; undefined for all. */
  readonly namespace: string | undefined
  readonly recursive: boolean
  readonly usesStore: boolean
  readonly failureThreshold: Level
  readonly outputThreshold: Level
  readonly format: FindingFormat
  readonly suppressions: readonly Suppression[]
  readonly analyzers: readonly string[]
  readonly ignoresUnknown: boolean
  readonly isColored: boolean
  readonly timeoutMs: number
  readonly isVerbose: boolean
}

type AnalyzeFlags = Interfaces.InferredFlags<typeof analyzeFlags>

/** Reads the flags; `say` is told of suppressions that suppress nothing. Throws a UserError for values that mean nothing. */
export function analyzeOptions(flags: AnalyzeFlags, say: (line: string) => void): AnalyzeOptions {
  const format = parseFormat(flags.output)
  refuseMeshConfig(flags.meshConfigFile)
  const suppressions = parseSuppressions(flags.suppress ?? [])
  for (const {code} of suppressions) {
    if (!isKnownCode(code)) say(`Warning: Supplied message code '${code}' is an unknown message code and will not have any effect.`)
  }
  return {
    namespace: flags['all-namespaces'] ? undefined : (flags.namespace ?? 'default'),
    recursive: flags.recursive,
    usesStore: flags['use-kube'],
    failureThreshold: parseLevel(flags['failure-threshold'], '--failure-threshold'),
    outputThreshold: parseLevel(flags['output-threshold'], '--output-threshold'),
    format,
    suppressions,
    analyzers: flags.analyzer ?? [],
    ignoresUnknown: flags['ignore-unknown'],
    isColored: flags.color ?? isTerminal(),
    timeoutMs: parseDuration(flags.timeout, '--timeout'),
    isVerbose: flags.verbose,
  }
}

function isTerminal(): boolean {
  return process.stdout.isTTY === true && process.env['TERM']?.toLowerCase() !== 'dumb' && (process.env['NO_COLOR'] ?? '') === ''
}

/** A level in any case. Throws a UserError that names the flag. */
function parseLevel(text: string, flag: string): Level {
  const level = LEVELS.find((one) => one.toLowerCase() === text.toLowerCase())
  if (level !== undefined) return level
  throw new UserError(`invalid argument "${text}" for "${flag}" flag: "${text}" not a valid option, please choose from: [${[...LEVELS].sort().join(' ')}]`)
}

/** Throws a UserError with istioctl's exit code for usage. */
function parseFormat(text: string): FindingFormat {
  const format = FINDING_FORMATS.find((one) => one === text.toLowerCase())
  if (format !== undefined) return format
  throw new UserError(`${text} not a valid option for format. See tshift analyze --help`, {
    hint: `choose from ${FINDING_FORMATS.join(', ')}`,
    exitCode: USAGE_EXIT,
  })
}

/** istioctl would use a file's values in three analyzers; tshift has Istio's defaults and nothing that could be changed. */
function refuseMeshConfig(file: string | undefined): void {
  if (file === undefined) return
  throw new UserError('--meshConfigFile is not supported', {
    hint: "tshift works with Istio's default mesh config: analysis with another would be about another mesh",
    exitCode: USAGE_EXIT,
  })
}
