import {describe, expect, test} from 'vitest'
import {knownTypes} from '../../src/api/registry.js'
import {apiResources, apiVersions, formatApiResources} from '../../src/cli/verbs/api-resources.js'
import {canIWarnings} from '../../src/cli/verbs/can-i.js'
import {formatVersions, versionReport} from '../../src/cli/versions.js'

const all = {verbs: [], categories: [], sortBy: ''}
const list = (options: Partial<Parameters<typeof apiResources>[1]>, output = '') => formatApiResources(apiResources(knownTypes, {...all, ...options}), output, false)

describe('api-resources', () => {
  test('a group as a table', () => {
    expect(list({group: 'discovery.k8s.io'})).toBe(
      'NAME             SHORTNAMES   APIVERSION            NAMESPACED   KIND\nendpointslices                discovery.k8s.io/v1   true         EndpointSlice\n',
    )
  })

  test('wide tables add verbs and categories', () => {
    const verbs = 'create,delete,deletecollection,get,list,patch,update,watch'
    expect(list({group: 'apps', categories: ['all'], sortBy: 'kind'}, 'wide').split('\n').slice(0, 3)).toEqual([
      `NAME           SHORTNAMES   APIVERSION   NAMESPACED   KIND          VERBS${' '.repeat(verbs.length - 2)}CATEGORIES`,
      `daemonsets     ds           apps/v1      true         DaemonSet     ${verbs}   all`,
      `deployments    deploy       apps/v1      true         Deployment    ${verbs}   all`,
    ])
  })

  test('names alone, of what lies outside of namespaces and can be listed', () => {
    const names = list({namespaced: false, verbs: ['list']}, 'name').split('\n')
    expect(names).toEqual(expect.arrayContaining(['namespaces', 'nodes', 'gatewayclasses.gateway.networking.k8s.io']))
    expect(names).not.toContain('pods')
    expect(list({verbs: ['list', 'dance']}, 'name')).toBe('')
  })

  test('JSON in the order of the API', () => {
    expect(JSON.parse(list({group: 'discovery.k8s.io'}, 'json'))).toEqual({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: '',
      resources: [
        {
          name: 'endpointslices',
          singularName: 'endpointslice',
          namespaced: true,
          group: 'discovery.k8s.io',
          version: 'v1',
          kind: 'EndpointSlice',
          verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        },
      ],
    })
  })

  test.each([
    [{sortBy: 'age'}, '', '--sort-by accepts only name or kind'],
    [{}, 'bad', 'unable to match a printer suitable for the output format "bad", allowed formats are: json,kyaml,name,wide,yaml'],
  ])('%j with -o %j is refused', (options, output, message) => {
    expect(() => list(options, output)).toThrow(message)
  })

  test('versions come once, the core group’s last', () => {
    const versions = apiVersions(knownTypes)
    expect(versions.at(-1)).toBe('v1')
    expect(versions).toEqual([...new Set(versions)].sort())
    expect(versions).toEqual(expect.arrayContaining(['apps/v1', 'networking.istio.io/v1', 'networking.istio.io/v1beta1', 'gateway.networking.k8s.io/v1alpha2']))
  })
})

describe('auth can-i', () => {
  test.each([
    ['create pods', []],
    ['* *', []],
    ['get /healthz', []],
    ['get pods/a', []],
    ['dance pods', ["Warning: verb 'dance' is not a known verb\n"]],
    ['get foos', ["Warning: the server doesn't have a resource type 'foos'\n"]],
    ['get nodes', ["Warning: resource 'nodes' is not namespace scoped\n"]],
    ['get gatewayclasses', ["Warning: resource 'gatewayclasses' is not namespace scoped in group 'gateway.networking.k8s.io'\n"]],
  ])('%s', (line, warnings) => {
    expect(canIWarnings({words: line.split(' '), allNamespaces: false}, knownTypes)).toEqual(warnings)
  })

  test('the question needs a verb and a resource', () => {
    expect(() => canIWarnings({words: ['get'], allNamespaces: false}, knownTypes)).toThrow('you must specify two arguments: verb resource or verb resource/resourceName.')
  })
})

describe('version', () => {
  const report = versionReport({tshift: '1.2.3', node: 'v20.0.0', os: 'linux', arch: 'x64'}, false)

  test('kubectl’s lines come first', () => {
    expect(formatVersions(report, undefined)).toBe(
      'Client Version: v1.35.2\nKustomize Version: v5.7.1\nServer Version: v1.35.2\nIstio Version: 1.30.0\ntshift Version: 1.2.3 (node v20.0.0, linux/x64)\n',
    )
  })

  test('JSON has kubectl’s keys and tshift’s own', () => {
    const build = {gitCommit: 'fdc9d74cbf2da6754ebf81d56f80ae2948cd6425', gitTreeState: 'clean', buildDate: '2026-02-26T20:05:34Z', goVersion: 'go1.25.7', compiler: 'gc'}
    const version = {major: '1', minor: '35', gitVersion: 'v1.35.2', ...build, platform: 'linux/amd64'}
    const own = {istioVersion: '1.30.0', tshift: '1.2.3', node: 'v20.0.0', platform: 'linux/x64'}
    expect(JSON.parse(formatVersions(report, 'json'))).toEqual({clientVersion: version, kustomizeVersion: 'v5.7.1', serverVersion: version, ...own})
    expect(versionReport({tshift: '1.2.3', node: 'v20.0.0', os: 'linux', arch: 'x64'}, true)).not.toHaveProperty('serverVersion')
    expect(formatVersions(report, 'yaml')).toContain('  gitVersion: v1.35.2\n')
    expect(() => formatVersions(report, 'xml')).toThrow("--output must be 'yaml' or 'json'")
  })
})
