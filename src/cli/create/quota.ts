import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

/** A ResourceQuota of `RESOURCE=AMOUNT`s. Source: kubectl `create_quota.go`. */
export function quotaOf(metadata: ObjectMeta, hard: readonly string[], scopes: readonly string[]): KubeObject {
  const amounts = hard.filter((text) => text !== '').map((text) => {
    const [name, amount, ...rest] = text.split('=')
    if (name === undefined || amount === undefined || rest.length > 0) throw new UserError(`Invalid argument syntax ${text}, expected <resource>=<value>`)
    return [name, amount] as const
  })
  const spec = {...(amounts.length === 0 ? {} : {hard: Object.fromEntries(amounts)}), ...(scopes.length === 0 ? {} : {scopes})}
  return {kind: 'ResourceQuota', apiVersion: 'v1', metadata, ...{spec, status: {}}}
}
