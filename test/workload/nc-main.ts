/** Our `nc` as a process, seeing this machine's network; compiled by `compileEntries`. */
import {nc} from '../../src/workload/nc/nc.js'
import {parseNcArguments} from '../../src/workload/nc/nc-arguments.js'

const parsed = parseNcArguments(process.argv.slice(2))
if (parsed.type === 'refused') {
  process.stderr.write(`${parsed.message.startsWith('usage') ? '' : 'nc: '}${parsed.message}\n`)
  process.exitCode = 1
} else {
  const code = await nc(parsed.options, process)
  process.exit(code) // stdin may still be open, and nobody will read it
}
