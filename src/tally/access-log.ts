import {UserError} from '../base/user-error.js'
import type {AnswerOf} from './answer.js'

const LONGEST = 200
/** Istio's names of clusters: `outbound|9000|v1|host`, and `outbound_.9000_.v1_.host` behind an SNI-routed gateway. */
const CLUSTER = /^(?:in|out)bound(?:\|(?<port>\d*)\|(?<subset>[^|\s]*)\|(?<host>[^|\s]*)|_\.(?<sniPort>\d*)_\.(?<sniSubset>[^\s]*?)_\.(?<sniHost>[^\s]+))$/
/** The word UPSTREAM_CLUSTER in Istio's default line (pilot/pkg/model/telemetry_logging.go, EnvoyTextLogFormat), from 0. */
const CLUSTER_WORD = 16
/** Words of an access log: `[time]`, `"quoted text"`, or anything without spaces. */
const WORD = /\[[^\]]*\]|"(?:[^"\\]|\\.)*"|\S+/g
const JSON_KEYS = ['upstream_cluster', 'upstream_cluster_raw', 'UPSTREAM_CLUSTER', 'upstreamCluster']

/** `outbound|9000|v1|tcp-echo.default.svc.cluster.local` → `v1`; without a subset the host's first label; any other text stays as it is. */
export function subsetOfCluster(name: string): string {
  const {subset, host, sniSubset, sniHost} = CLUSTER.exec(name)?.groups ?? {}
  const answer = subset || sniSubset || (host ?? sniHost)?.split('.')[0] || name
  return answer.slice(0, LONGEST)
}

/**
 * Which subset an access log line says was chosen, in Istio's text format, Istio's JSON format, or any other text that holds a cluster's name as a
 * word of its own. Undefined where no cluster was chosen (`-`, response flag NR). A connection that its upstream refused (UF) counts:
 * the weights had chosen.
 */
export const accessLogAnswer: AnswerOf = (line) => {
  const cluster = line.trimStart().startsWith('{') ? clusterOfJson(line) : clusterOfText(line)
  return cluster === undefined || cluster === '-' || cluster === '' ? undefined : subsetOfCluster(cluster)
}

function clusterOfText(line: string): string | undefined {
  const words = (line.match(WORD) ?? []).map(unquoted)
  const atItsPlace = line.startsWith('[') ? words[CLUSTER_WORD] : undefined
  return atItsPlace ?? words.find((word) => CLUSTER.test(word))
}

function clusterOfJson(line: string): string | undefined {
  const record = parsed(line)
  if (typeof record !== 'object' || record === null) return undefined
  const [cluster] = JSON_KEYS.flatMap((key) => {
    const value = (record as Readonly<Record<string, unknown>>)[key]
    return typeof value === 'string' ? [value] : []
  })
  return cluster
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1) : word
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // a line that is cut off or no JSON at all gives no answer, as one that a pattern does not match
  }
}

/** `--field N`: the Nth word from 1, or from the end with −1. A cluster's name gives its subset. Throws UserError with exit code 2. */
export function fieldAnswer(text: string): AnswerOf {
  const field = Number(text)
  if (!Number.isInteger(field) || field === 0) {
    throw new UserError(`cannot read "${text}" as the number of a field`, {hint: 'the first word is --field 1, the last --field -1', exitCode: 2})
  }
  return (line) => {
    const words = line.match(WORD) ?? []
    const word = words.at(field > 0 ? field - 1 : field)
    return word === undefined || unquoted(word) === '' ? undefined : subsetOfCluster(unquoted(word))
  }
}

/**
 * `--json-path .a.b[0]["odd key"]`: a field of a line that is JSON. Strings, numbers and booleans are answers; a cluster's name gives its
 * subset. Undefined where the line is no JSON or has no such field. Throws UserError with exit code 2.
 */
export function jsonPathAnswer(text: string): AnswerOf {
  const path = parsePath(text)
  return (line) => {
    const value = path.reduce<unknown>((node, key) => fieldOf(node, key), parsed(line))
    const isAnswer = (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
    return isAnswer ? subsetOfCluster(String(value)) : undefined
  }
}

/** Own fields only: `__proto__` and `constructor` of a line are nobody's answer. */
function fieldOf(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
  return (node as Readonly<Record<string, unknown>>)[key]
}

function parsePath(text: string): readonly string[] {
  const steps = /\.?([^.[\]"']+)|\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\]/y
  const body = text.trim().replace(/^\$/, '').replace(/^\{(.*)\}$/, '$1')
  const keys: string[] = []
  while (steps.lastIndex < body.length) {
    const [, ...found] = steps.exec(body) ?? []
    const key = found.find((group) => group !== undefined)
    if (key === undefined) break
    keys.push(key)
    if (steps.lastIndex === body.length) return keys
  }
  throw new UserError(`cannot read "${text}" as a path into JSON`, {hint: 'write it as .subset, .labels.version or .items[0]["odd key"]', exitCode: 2})
}
