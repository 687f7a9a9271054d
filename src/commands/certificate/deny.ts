import {CertificateCommand} from '../../cli/certificate-command.js'

export default class CertificateDeny extends CertificateCommand {
  static override summary = 'Say why there are no certificates to deny.'
  static override examples = ['<%= config.bin %> certificate deny my-csr']
  protected readonly answer = {
    why: 'nothing signs certificates here: a CertificateSigningRequest is only stored',
    instead: "to take it away, use 'tshift delete csr NAME'",
  }
}
