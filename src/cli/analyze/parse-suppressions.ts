import type {Suppression} from '../../analyze/select-findings.js'
import {UserError} from '../../base/user-error.js'

/** `-S` values, `IST0103=Pod testing/mypod`. Throws a UserError for what has not this form. */
export function parseSuppressions(values: readonly string[]): readonly Suppression[] {
  return values.map((value) => {
    const [code, objects, ...rest] = value.split('=')
    if (code === undefined || objects === undefined || rest.length > 0) {
      throw new UserError(`${value} is not a valid suppression value. See tshift analyze --help`, {
        hint: "write it as 'IST0103=Pod testing/mypod'; * stands for anything",
      })
    }
    return {code, objects}
  })
}
