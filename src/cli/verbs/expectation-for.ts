import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {parseExpectation, type Expectation} from '../../tally/expectation.js'
import {gatewayExpectation} from '../../tally/gateway-counts.js'
import {appliedRoutes, chooseRoute, expectationOf} from './gateway-route.js'

export interface ExpectationChoice {
  readonly expect?: string | undefined
  readonly gateway?: string | undefined
  /** Lines name subsets, as access logs do, and not what workloads answer. */
  readonly isBySubset?: boolean
}

export interface ExpectationFound {
  readonly value?: Expectation
  /** Why there is none. */
  readonly note?: string
}

/** The weights to judge by: `--expect`, or those of the applied route, or none with the reason. Throws a UserError for a bad `--expect`. */
export async function expectationFor({expect, gateway, isBySubset = false}: ExpectationChoice, resources: () => Promise<Resources>): Promise<ExpectationFound> {
  if (expect !== undefined) return {value: parseExpectation(expect)}
  try {
    const applied = await appliedRoutes(await resources())
    const route = chooseRoute(applied, {gateway})
    return {value: isBySubset ? gatewayExpectation(route.chain.route, route.source) : expectationOf(applied, route)}
  } catch (error) {
    if (!(error instanceof UserError) || gateway !== undefined) throw error
    return {note: `only counting: ${error.message}; give the weights with --expect one=80,two=20`}
  }
}
