import {expect, test} from 'vitest'
import {tlsFailure} from '../../../src/engine/tls/tls-failure.js'

const said = (numberAndReason: string) => `TLS_error:|${numberAndReason.replace(':', ':SSL_routines:OPENSSL_internal:')}:TLS_error_end`

test.each([
  ['OpenSSL 3.0, of Node 20', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', '268436496:SSLV3_ALERT_HANDSHAKE_FAILURE'],
  ['OpenSSL 3.5, of Node 22 and 24', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', '268436496:SSLV3_ALERT_HANDSHAKE_FAILURE'],
  ['TLS 1.3', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '268436572:TLSV1_CERTIFICATE_REQUIRED'],
])('an alert has the name and number of BoringSSL, whatever %s calls it', (_, code, wanted) => {
  const message = `001A:error:0A000410:SSL routines:ssl3_read_bytes:${code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ')}:../deps/openssl/rec_layer_s3.c:1605:SSL alert number 40:\n`
  expect(tlsFailure(Object.assign(new Error(message), {code}))).toBe(said(wanted))
  // as one that comes while Node is writing
  expect(tlsFailure(Object.assign(new Error(`write EPROTO ${message}`), {code: 'EPROTO'}))).toBe(said(wanted))
})
