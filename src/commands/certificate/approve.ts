import {CertificateCommand} from '../../cli/certificate-command.js'

export default class CertificateApprove extends CertificateCommand {
  static override summary = 'Say why there are no certificates to approve.'
  static override examples = ['<%= config.bin %> certificate approve my-csr']
  protected readonly answer = {
    why: 'nothing signs certificates here: a CertificateSigningRequest is only stored',
    instead: "to serve with a certificate that you have, use 'tshift create secret tls'",
  }
}
