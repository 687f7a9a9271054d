import {Command, type Interfaces} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {TemplateFailure} from '../output/go-template/template-failure.js'
import {withoutConnection} from './command-line/connection-flags.js'
import {readContexts} from './context/context-file.js'
import {namespaceIn} from './context/contexts.js'
import {isKubectlVerb} from './faces.js'
import {failureOf} from './failure.js'
import {withKustomization} from './flags/filename.js'
import {lastOfEach} from './manifests/last-of-each.js'
import {requireSwitchValues} from './command-line/require-switch-values.js'
import type {Session} from './session.js'

/** What every command shares: a session opened when it is asked for and closed at the end, and one way to fail. */
export abstract class BaseCommand extends Command {
  #session: Session | undefined

  /** The store, opened on first use. */
  protected async session(): Promise<Session> {
    this.#session ??= await (await import('./session.js')).Session.open() // not loaded for verbs that need no store
    return this.#session
  }

  /**
   * As oclif's, with kubectl's habits: the last of a flag given twice wins, flags that lead to a cluster are taken (`--context` for its namespace), and
   * `-k DIRECTORY` comes as one of the filenames: what reads these need not know of it.
   */
  protected override async parse<F extends Interfaces.OutputFlags<F>, B extends Interfaces.OutputFlags<B>, A extends Interfaces.OutputArgs<A>>(
    options?: Interfaces.Input<F, B, A>,
    argv = this.argv,
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    this.parsed = true // or oclif complains, where NODE_ENV is development or test, of commands whose arguments were refused
    const known: Interfaces.FlagInput = options?.flags ?? {}
    const {words, context} = isKubectlVerb(this.id ?? '') ? withoutConnection(argv, namesOf(known)) : {words: argv}
    requireSwitchValues(words, known, (this.id ?? '').replaceAll(':', ' '))
    const parsed = await super.parse<F, B, A>(options, [...lastOfEach(words, known)])
    const namespace = context === undefined ? undefined : contextNamespace(context)
    const hasPlace = 'namespace' in known && this.id !== 'config:set-context' // where an empty one takes it away
    return {...parsed, flags: withKustomization(hasPlace ? inPlace(parsed.flags, namespace) : parsed.flags)}
  }

  /** Data for the caller: stdout, as it is. */
  protected out(text: string): void {
    process.stdout.write(text)
  }

  /** Everything that is not data: stderr, a line. */
  protected say(text: string): void {
    process.stderr.write(`${text}\n`)
  }

  /** Prints an error the way its family asks for and remembers the exit code; the command may go on (a file of several documents). */
  protected fail(error: unknown): void {
    if (error instanceof TemplateFailure) this.out(error.printed)
    const {text, exitCode} = failureOf(error, {id: this.id, argv: this.argv})
    this.say(text)
    process.exitCode = exitCode
  }

  protected override async catch(error: Error): Promise<void> {
    if (isExit(error)) throw error
    this.fail(error)
  }

  protected override async finally(_: Error | undefined): Promise<void> {
    await this.#session?.close()
  }
}

/** The namespace of a context named on the command line. Throws kubectl's UserError where there is none of that name. */
function contextNamespace(name: string): string {
  const state = readContexts()
  if (!state.contexts.some((context) => context.name === name)) throw new UserError(`context "${name}" does not exist`)
  return namespaceIn({...state, current: name})
}

/** The flags with the namespace of the context where they name none; `-n "$NS"` with nothing in it names none either, as with kubectl. */
function inPlace<F extends object>(flags: F, ofContext: string | undefined): F {
  const {namespace: given = '', ...others} = flags as {readonly namespace?: string}
  const namespace = given === '' ? ofContext : given
  return {...others, ...(namespace === undefined ? {} : {namespace})} as F
}

/** The flags of a command, by name and by letter. */
function namesOf(flags: Interfaces.FlagInput): ReadonlySet<string> {
  return new Set(Object.entries(flags).flatMap(([name, {char}]) => [name, char ?? name]))
}

/** oclif's own way out, for --help and this.exit(). */
function isExit(error: Error): boolean {
  return 'code' in error && error.code === 'EEXIT'
}
