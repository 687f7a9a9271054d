import {Flags} from '@oclif/core'
import {parseSelector, type Selector} from '../../api/labels.js'

export const selectorFlag = {
  selector: Flags.string({char: 'l', description: "label selector, e.g. -l app=tcp-echo,version!=v1 or -l 'version in (v1,v2)'", helpValue: 'SELECTOR'}),
}

/** Throws a BadRequest in the API server's words. */
export function selectorOf(flags: {selector?: string | undefined}): Selector | undefined {
  return flags.selector === undefined ? undefined : parseSelector(flags.selector)
}
