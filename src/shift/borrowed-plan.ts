import {isJsonObject, type Json, type JsonObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import type {Pause, Step} from './plan.js'

/** What another tool's resource says about a shift; flags may say otherwise. */
export interface BorrowedPlan {
  readonly virtualService?: string
  readonly namespace?: string
  readonly from?: string
  readonly to?: string
  readonly port?: number
  readonly steps: readonly Step[]
  /** What it asks for that a shift does in another way or not at all; for people. */
  readonly notes: readonly string[]
}

/** Reads an Argo `Rollout` or a Flagger `Canary`. Throws a UserError (exit code 2) for anything else. */
export function borrowPlan(object: JsonObject, read: Readonly<Record<string, (object: JsonObject) => BorrowedPlan>>): BorrowedPlan {
  const group = String(object['apiVersion']).split('/')[0] ?? ''
  const reader = read[`${group}/${String(object['kind'])}`]
  if (reader !== undefined) return reader(object)
  throw new UserError(
    `a plan is an Argo Rollout (argoproj.io) or a Flagger Canary (flagger.app), not ${String(object['apiVersion'])} ${String(object['kind'])}`,
    {exitCode: 2},
  )
}

/** The value at a path of keys; undefined where there is none. */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((node, key) => (isJsonObject(node) ? node[key] : undefined), value)
}

/** The text there, undefined where there is none or an empty one. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The list there; empty where there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? (found as readonly Json[]) : []
}

const UNITS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, '': 1000}

/** A pause of `10m`, `30s`, or plain seconds as number or text. Throws a UserError (exit code 2). */
export function pauseFor(duration: Json, where: string): Pause {
  const parts = [...String(duration).matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|)/g)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== String(duration))
    throw new UserError(`${where}: "${String(duration)}" is no duration`, {exitCode: 2})
  return {type: 'duration', ms: parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0)}
}

/** A percentage from 0 to 100. Throws a UserError (exit code 2). */
export function weightFrom(value: Json | undefined, where: string): number {
  if (typeof value === 'number' && value >= 0 && value <= 100) return value
  throw new UserError(`${where}: ${JSON.stringify(value)} is no weight from 0 to 100`, {exitCode: 2})
}

/** The steps, ended by everything, as both tools end theirs. */
export function upToAll(steps: readonly Step[]): readonly Step[] {
  return steps.at(-1)?.weight === 100 ? steps : [...steps, {weight: 100}]
}

/** Drops undefined members. */
export function known<T extends object>(plan: {readonly [K in keyof T]: T[K] | undefined}): T {
  return Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined)) as T
}
