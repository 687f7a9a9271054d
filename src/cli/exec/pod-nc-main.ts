/** The process of `nc` in a pod, started by the shim that `exec` puts on the PATH. What ours cannot do is left to the machine's, if it has one. */
import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {findExecutable} from '../../workload/exec/find-executable.js'
import {parseNcArguments} from '../../workload/nc/nc-arguments.js'
import {nc} from '../../workload/nc/nc.js'
import {podNetwork, type PodPlace} from './pod-network.js'

const [text = '{}', ...argv] = process.argv.slice(2)
const place = JSON.parse(text) as PodPlace
const parsed = parseNcArguments(argv)
process.exit(parsed.type === 'refused' ? await otherwise(parsed.message) : await nc(parsed.options, process, podNetwork(place))) // stdin may still be open

async function otherwise(message: string): Promise<number> {
  const others = (process.env['PATH'] ?? '').split(path.delimiter).filter((directory) => directory !== place.directory)
  const machines = await findExecutable('nc', others.join(path.delimiter))
  if (machines !== undefined) return spawnSync(machines, argv, {stdio: 'inherit'}).status ?? 1
  process.stderr.write(`${message.startsWith('usage') ? '' : 'nc: '}${message}\n`)
  return 1
}
