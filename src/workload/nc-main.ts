/** The process of our `nc`, started by the shim that `writeNcShim` makes. */
import {nc} from './nc.js'
import {parseNcArguments} from './nc-arguments.js'

const parsed = parseNcArguments(process.argv.slice(2))
if (parsed.type === 'refused') {
  process.stderr.write(`${parsed.message.startsWith('usage') ? '' : 'nc: '}${parsed.message}\n`)
  process.exitCode = 1
} else {
  const code = await nc(parsed.options, process)
  process.exit(code) // stdin may still be open, and nobody will read it
}
