import {findResource} from '../api/registry.js'
import {UserError} from '../base/user-error.js'
import {NotHereCommand} from './not-here-command.js'

/** A verb about CertificateSigningRequests, which nothing signs. Source: kubectl `certificates.go`, `Validate`. */
export abstract class CertificateCommand extends NotHereCommand {
  protected override async requireSense(words: readonly string[] | undefined): Promise<void> {
    if (words?.length === 0) throw new UserError('one or more CSRs must be specified as <name> or -f <filename>')
    const type = findResource('certificatesigningrequests')
    const {resources} = await this.session()
    for (const word of words ?? []) if (type !== undefined) await resources.get(type, undefined, word.replace(/^.*\//, ''))
  }
}
