/**
 * Which strings may be names, in the API server's words: each function returns what is wrong with one, nothing when it is fine.
 * Source: apimachinery `util/validation/validation.go` and `api/validate/content`.
 */

export type NameRule = (text: string) => readonly string[]

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = `(${QUALIFIED})?`
const CONFIG_KEY = '[-._a-zA-Z0-9]+'

const QUALIFIED_TEXT = wording("must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", QUALIFIED, [
  'MyName',
  'my.name',
  '123-abc',
])
const SUBDOMAIN_TEXT = wording(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  ['example.com'],
)

/** The name of most objects. */
export const dns1123Subdomain: NameRule = pattern(SUBDOMAIN, 253, SUBDOMAIN_TEXT)

/** Namespaces, containers, ports of Services. */
export const dns1123Label: NameRule = pattern(
  LABEL,
  63,
  wording(
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
    LABEL,
    ['my-name', '123-abc'],
  ),
)

/** Services: their names become host names that must not begin with a digit. */
export const dns1035Label: NameRule = pattern(
  LABEL_1035,
  63,
  wording(
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
    LABEL_1035,
    ['my-name', 'abc-123'],
  ),
)

export const labelValue: NameRule = pattern(
  LABEL_VALUE,
  63,
  wording(
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    LABEL_VALUE,
    ['MyValue', 'my_value', '12345'],
  ),
)

export const labelKey: NameRule = (text) => qualified(text, 'a valid label key')

/** Annotation keys (in lower case), finalizers, application protocols. */
export const qualifiedName: NameRule = (text) => qualified(text, 'a qualified name')

const configMapKeyPattern = pattern(
  CONFIG_KEY,
  253,
  wording("a valid config key must consist of alphanumeric characters, '-', '_' or '.'", CONFIG_KEY, ['key.name', 'KEY_NAME', 'key-name']),
)

/** The keys of ConfigMaps and Secrets. */
export const configKey: NameRule = (text) => {
  const dots = text === '.' ? ["must not be '.'"] : text === '..' ? ["must not be '..'"] : text.startsWith('..') ? ["must not start with '..'"] : []
  return [...configMapKeyPattern(text), ...dots]
}

/** Environment variables: everything a shell could print (since Kubernetes 1.34). */
export const variableName: NameRule = (text) =>
  /^[ -<>-~]+$/.test(text) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]

/** Named ports (IANA service names). */
export const portName: NameRule = (text) => [
  ...(text.length > 15 ? [tooLong(15)] : []),
  ...(/^[-a-z0-9]*$/.test(text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(text.startsWith('-') || text.endsWith('-') ? ['must not begin or end with a hyphen'] : []),
]

/** What is wrong with a port number. */
export function portNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65_535 ? [] : ['must be between 1 and 65535, inclusive']
}

function pattern(source: string, maxLength: number, text: string): NameRule {
  const whole = new RegExp(`^(?:${source})$`)
  return (value) => [...(Buffer.byteLength(value) > maxLength ? [tooLong(maxLength)] : []), ...(whole.test(value) ? [] : [text])]
}

const QUALIFIED_PART = new RegExp(`^(?:${QUALIFIED})$`)

/** `[prefix/]name`; errors say which part is meant. */
function qualified(text: string, what: string): readonly string[] {
  const parts = text.split('/')
  if (parts.length > 2) return [`${what} ${QUALIFIED_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? parts[0] : undefined
  return [
    ...(prefix === '' ? ['prefix part must be non-empty'] : prefix === undefined ? [] : dns1123Subdomain(prefix).map((one) => `prefix part ${one}`)),
    ...(name === '' ? ['name part must be non-empty'] : Buffer.byteLength(name) > 63 ? [`name part ${tooLong(63)}`] : []),
    ...(QUALIFIED_PART.test(name) ? [] : [`name part ${QUALIFIED_TEXT}`]),
  ]
}

function tooLong(limit: number): string {
  return `must be no more than ${limit} bytes`
}

function wording(text: string, regex: string, examples: readonly string[]): string {
  return `${text} (e.g. ${examples.map((one) => `'${one}'`).join(',  or ')}, regex used for validation is '${regex}')`
}
