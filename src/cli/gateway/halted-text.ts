import type {Halted} from '../../daemon/lifecycle/halt.js'

/** The line that `gateway stop` ends with. */
export function haltedText(halted: Halted): string {
  switch (halted.type) {
    case 'stopped':
      return `gateway stopped (pid ${halted.pid})`
    case 'killed':
      return `gateway killed (pid ${halted.pid}): it did not end by itself${andLeft(halted)}`
    case 'cleaned':
      return `gateway was not running: process ${halted.pid} had been killed; its pid file is removed${andLeft(halted)}`
    case 'not-running':
      return 'gateway is not running'
  }
}

function andLeft({left}: {readonly left?: string}): string {
  return left === undefined ? '' : `\n${left}`
}
