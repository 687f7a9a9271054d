import type {Halted} from '../../daemon/halt.js'

export function haltedText(halted: Halted): string {
  switch (halted.type) {
    case 'stopped':
      return `gateway stopped (pid ${halted.pid})`
    case 'killed':
      return `gateway killed (pid ${halted.pid}): it did not end by itself`
    case 'cleaned':
      return `gateway was not running: process ${halted.pid} had been killed; its pid file is removed`
    case 'not-running':
      return 'gateway is not running'
  }
}
