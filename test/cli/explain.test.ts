import {describe, expect, test} from 'vitest'
import {knownTypes} from '../../src/api/registry.js'
import {loadDescriptions} from '../../src/api/schema/descriptions.js'
import {explain} from '../../src/cli/explain/explain.js'
import {indentText, wrapWords} from '../../src/cli/explain/word-wrap.js'

const options = {isRecursive: false, output: 'plaintext'}
const textOf = async (path: string, more = {}) => (await explain({...options, path, ...more}, knownTypes)).text

// the layouts are those of kubectl 1.35, given the same schemas by an API server
describe('explain', () => {
  test('a field of a custom kind shows what it holds, and what is required of it', async () => {
    expect(await textOf('vs.spec.tcp.route')).toBe(`GROUP:      networking.istio.io
KIND:       VirtualService
VERSION:    v1

FIELD: route <[]Object>


DESCRIPTION:
    The destination to which the connection should be forwarded to.
    
FIELDS:
  destination	<Object> -required-
    Destination uniquely identifies the instances of a service to which the
    request/connection should be forwarded to.

  weight	<integer>
    Weight specifies the relative proportion of traffic to be forwarded to the
    destination.


`)
  })

  test('a field with a set of values lists them', async () => {
    expect(await textOf('pod.spec.containers.ports.protocol')).toBe(`KIND:       Pod
VERSION:    v1

FIELD: protocol <string>
ENUM:
    SCTP
    TCP
    UDP

DESCRIPTION:
    Protocol for port. Must be UDP, TCP, or SCTP. Defaults to "TCP".
    
    Possible enum values:
     - \`"SCTP"\` is the SCTP protocol.
     - \`"TCP"\` is the TCP protocol.
     - \`"UDP"\` is the UDP protocol.
    

`)
  })

  test('--recursive shows the tree alone', async () => {
    const text = await textOf('deploy.spec.strategy', {isRecursive: true})
    expect(text.slice(text.indexOf('FIELDS:'))).toBe(`FIELDS:
  rollingUpdate	<RollingUpdateDeployment>
    maxSurge	<IntOrString>
    maxUnavailable	<IntOrString>
  type	<string>
  enum: Recreate, RollingUpdate

`)
  })

  test('the older layout', async () => {
    expect(await textOf('dr.spec.subsets', {output: 'plaintext-openapiv2'})).toBe(`KIND:     DestinationRule
VERSION:  networking.istio.io/v1

RESOURCE: subsets <[]Object>

DESCRIPTION:
     One or more named sets that represent individual versions of a service.

FIELDS:
   labels	<map[string]string>
     Labels apply a filter over the endpoints of a service in the service
     registry.

   name	<string> -required-
     Name of the subset.

   trafficPolicy	<Object>
     Traffic policies that apply to this subset.

`)
  })

  test('a kind and a field that are not there are said in kubectl’s words', async () => {
    expect(await explain({...options, path: 'foo.bar'}, knownTypes)).toEqual({text: '', complaint: `the server doesn't have a resource type "foo"`})
    expect(await explain({...options, path: 'pods.nope.x'}, knownTypes)).toEqual({text: 'KIND:       Pod\nVERSION:    v1\n\n', complaint: 'error: field "x" does not exist'})
    await expect(textOf('vs', {apiVersion: 'apps/v9'})).rejects.toThrow(`couldn't find resource for "apps/v9, Resource=virtualservices"`)
    await expect(textOf('vs', {apiVersion: 'a/b/c'})).rejects.toThrow('unexpected GroupVersion string: a/b/c')
    await expect(textOf('vs', {output: 'yaml'})).rejects.toThrow('unrecognized format: yaml')
  })

  test('an older version of a kind is explained as such', async () => {
    expect(await textOf('vs', {apiVersion: 'networking.istio.io/v1beta1'})).toContain('VERSION:    v1beta1\n')
  })

  test('every known kind can be explained, with all that is below it', async () => {
    for (const type of knownTypes) {
      const text = await textOf(`${type.plural}.${type.group}`, {isRecursive: true})
      expect(text).toMatch(/^ {2}metadata\t<ObjectMeta>/m)
    }
  })

  test('the descriptions are those of definitions that exist', async () => {
    const descriptions = await loadDescriptions()
    expect(Object.keys(descriptions).length).toBeGreaterThan(300)
    expect(descriptions['core/Pod']?.['']).toContain('Pod is a collection of containers')
  })
})

test.each([
  ['a bb ccc', 5, 'a bb\nccc'],
  ['aaaaaaaa b', 5, 'aaaaaaaa\nb'],
  ['a  b', 10, 'a  b'],
  ['one\n\ntwo three', 5, 'one\n\ntwo\nthree'],
  [' - x', 10, ' - x'],
])('%j within %i is %j', (text, limit, wrapped) => {
  expect(wrapWords(text, limit)).toBe(wrapped)
})

test('indented text keeps empty lines as wide as the margin', () => {
  expect(indentText('a\n\nb', 2)).toBe('  a\n  \n  b')
})
