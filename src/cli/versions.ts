import {UserError} from '../base/user-error.js'
import {formatYaml} from '../output/yaml.js'

/** The versions of what tshift behaves like: kubectl and the API server, and Istio. */
const KUBERNETES = {major: '1', minor: '35', gitVersion: 'v1.35.2'}
/** What that release says of how it was built: scripts that read one field of it find all of them. */
const BUILD = {
  gitCommit: 'fdc9d74cbf2da6754ebf81d56f80ae2948cd6425',
  gitTreeState: 'clean',
  buildDate: '2026-02-26T20:05:34Z',
  goVersion: 'go1.25.7',
  compiler: 'gc',
}
/** The kustomize that is built into that kubectl; here `-k` asks the one that is installed. */
const KUSTOMIZE = 'v5.7.1'
const ISTIO = '1.30.0'

export interface VersionInfo {
  readonly major: string
  readonly minor: string
  readonly gitVersion: string
  readonly gitCommit: string
  readonly gitTreeState: string
  readonly buildDate: string
  readonly goVersion: string
  readonly compiler: string
  readonly platform: string
}

export interface VersionReport {
  readonly clientVersion: VersionInfo
  readonly kustomizeVersion: string
  /** There is one to talk to whenever there is a store: always, but where it was not asked for. */
  readonly serverVersion?: VersionInfo
  readonly istioVersion: string
  readonly tshift: string
  readonly node: string
  readonly platform: string
}

export interface Platform {
  readonly tshift: string
  readonly node: string
  readonly os: string
  readonly arch: string
}

/** What `version` prints. The server is this process, so its version is the client's. */
export function versionReport({tshift, node, os, arch}: Platform, isClientOnly: boolean): VersionReport {
  const version = {...KUBERNETES, ...BUILD, platform: `${os}/${arch === 'x64' ? 'amd64' : arch}`}
  const server = isClientOnly ? {} : {serverVersion: version}
  return {clientVersion: version, kustomizeVersion: KUSTOMIZE, ...server, istioVersion: ISTIO, tshift, node, platform: `${os}/${arch}`}
}

/** kubectl's lines first, so that what reads them finds them. Throws a UserError in kubectl's words. Source: kubectl `version.go`. */
export function formatVersions(report: VersionReport, output: string | undefined): string {
  if (output === 'json') return `${JSON.stringify(report, undefined, 2)}\n`
  if (output === 'yaml') return `${formatYaml(report)}\n`
  if (output !== undefined && output !== '') throw new UserError("--output must be 'yaml' or 'json'")
  const {clientVersion, kustomizeVersion, serverVersion, istioVersion, tshift, node, platform} = report
  const server = serverVersion === undefined ? '' : `Server Version: ${serverVersion.gitVersion}\n`
  const client = `Client Version: ${clientVersion.gitVersion}\nKustomize Version: ${kustomizeVersion}\n`
  return `${client}${server}Istio Version: ${istioVersion}\ntshift Version: ${tshift} (node ${node}, ${platform})\n`
}
