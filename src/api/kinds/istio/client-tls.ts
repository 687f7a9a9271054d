import type {ClientTls} from '../destination-rule.js'

const CONFIG_MAP = 'configmap://'

/** The TLS settings towards a destination (istio agent.ValidateTLS). */
export function checkClientTls(tls: ClientTls | undefined, namespace: string): readonly string[] {
  if (tls === undefined) return []
  const {mode = 'DISABLE', credentialName = ''} = tls
  const ofName = credentialName.startsWith(CONFIG_MAP) ? checkConfigMapName(credentialName, namespace) : []
  const ofSkipping = tls.insecureSkipVerify === true ? checkSkipping(tls, mode) : []
  if ((mode === 'SIMPLE' || mode === 'MUTUAL') && credentialName !== '') return [...ofName, ...ofSkipping, ...checkCredential(tls)]
  return [...ofName, ...ofSkipping, ...(mode === 'MUTUAL' ? checkClientCertificate(tls) : [])]
}

function checkConfigMapName(name: string, ruleNamespace: string): readonly string[] {
  const [namespace = '', key = '', ...rest] = name.slice(CONFIG_MAP.length).split('/')
  const invalid = (text: string) => [`invalid configmap:// credentialName: ${text}`]
  if (rest.length > 0 || !name.slice(CONFIG_MAP.length).includes('/'))
    return invalid(`invalid resource name ${JSON.stringify(name)}. Expected namespace and name`)
  if (namespace === '') return invalid(`invalid resource name ${JSON.stringify(name)}. Expected namespace`)
  if (key === '') return invalid(`invalid resource name ${JSON.stringify(name)}. Expected name`)
  return namespace === ruleNamespace ? [] : invalid(`namespace must match the configuration namespace ${JSON.stringify(ruleNamespace)}`)
}

function checkSkipping({caCertificates = '', credentialName = '', subjectAltNames}: ClientTls, mode: string): readonly string[] {
  const hasAuthority = caCertificates !== '' || subjectAltNames !== undefined
  if (mode === 'SIMPLE' && (hasAuthority || credentialName !== '')) {
    return ['cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true']
  }
  return mode === 'MUTUAL' && hasAuthority ? ['cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true'] : []
}

/** With a credential the certificates come from elsewhere. */
function checkCredential({clientCertificate = '', caCertificates = '', privateKey = '', caCrl = ''}: ClientTls): readonly string[] {
  const hasFiles = [clientCertificate, caCertificates, privateKey, caCrl].some((text) => text !== '')
  return hasFiles ? ['cannot specify client certificates or CA certificate or CA CRL If credentialName is set'] : []
}

function checkClientCertificate({clientCertificate = '', privateKey = ''}: ClientTls): readonly string[] {
  return [
    ...(clientCertificate === '' ? ['client certificate required for mutual tls'] : []),
    ...(privateKey === '' ? ['private key required for mutual tls'] : []),
  ]
}
