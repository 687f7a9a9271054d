import {UserError} from '../../base/user-error.js'
import {containerPattern} from './container-pattern.js'
import type {PodChange} from './change-pods.js'
import {containersOf, mapContainers} from './pod-spec.js'

export interface ResourcesOptions {
  /** `cpu=200m,memory=512Mi` */
  readonly limits?: string | undefined
  readonly requests?: string | undefined
  readonly containers: string
}

type Amounts = Readonly<Record<string, string>>

/** Limits and requests of containers; those not named stay. Throws a UserError for amounts that are none. Source: kubectl `set_resources.go`. */
export function resourcesChange({limits: limitText = '', requests: requestText = '', containers}: ResourcesOptions): PodChange {
  if (limitText === '' && requestText === '') throw new UserError('you must specify an update to requests or limits (in the form of --requests/--limits)')
  const limits = parseAmounts(limitText)
  const requests = parseAmounts(requestText)
  const isMeant = containerPattern(containers)
  return {
    operation: 'resource requirements updated',
    refusal: 'failed to patch resources update to pod template ',
    apply(spec) {
      if (!containersOf(spec).some(({name}) => isMeant(name))) return {spec, problems: [`unable to find container named ${containers}`]}
      const changed = mapContainers(spec, (container) => {
        if (!isMeant(container.name)) return container
        const {resources = {}} = container
        return {...container, resources: {...resources, ...merged('limits', resources.limits, limits), ...merged('requests', resources.requests, requests)}}
      })
      return {spec: changed}
    },
  }
}

function merged(field: 'limits' | 'requests', present: Readonly<Record<string, string | number>> | undefined, wanted: Amounts): object {
  return Object.keys(wanted).length === 0 ? {} : {[field]: {...present, ...wanted}}
}

function parseAmounts(text: string): Amounts {
  const amounts = text.split(',').filter((pair) => pair !== '').map((pair) => {
    const [name, amount, ...rest] = pair.split('=')
    if (name === undefined || amount === undefined || rest.length > 0) throw new UserError(`Invalid argument syntax ${pair}, expected <resource>=<value>`)
    if (!/^[+-]?[0-9.]+([eE][-+]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$/.test(amount)) {
      throw new UserError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
    }
    return [name, amount] as const
  })
  return Object.fromEntries(amounts)
}
