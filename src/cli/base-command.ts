import {Command, type Interfaces} from '@oclif/core'
import {TemplateFailure} from '../output/go-template/template-failure.js'
import {failureOf} from './failure.js'
import {withKustomization} from './flags/filename.js'
import {Session} from './session.js'

/** What every command shares: a session opened when it is asked for and closed at the end, and one way to fail. */
export abstract class BaseCommand extends Command {
  #session: Session | undefined

  /** The store, opened on first use. */
  protected async session(): Promise<Session> {
    this.#session ??= await Session.open()
    return this.#session
  }

  /** As oclif's, but `-k DIRECTORY` comes as one of the filenames: what reads these need not know of it. */
  protected override async parse<F extends Interfaces.OutputFlags<F>, B extends Interfaces.OutputFlags<B>, A extends Interfaces.OutputArgs<A>>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    this.parsed = true // or oclif complains, where NODE_ENV is development or test, of commands whose arguments were refused
    const parsed = await super.parse<F, B, A>(options, argv)
    return {...parsed, flags: withKustomization(parsed.flags)}
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

/** oclif's own way out, for --help and this.exit(). */
function isExit(error: Error): boolean {
  return 'code' in error && error.code === 'EEXIT'
}
