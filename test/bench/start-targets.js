import {PROXIES, startHolder, startHttp, startIperf} from './peers.js'

const [HTTP, BULK, IDLE] = [31400, 31401, 31402]
const [HTTP_ENDPOINT, BULK_ENDPOINT] = [28080, 28081]

/** Starts the endpoints and every proxy there is in front of them: what is measured, no proxy first, and the names of what is not installed. Each must hold so many `connections`. */
export async function startTargets(directory, started, connections) {
  const keep = (running) => (running !== undefined && started.push(running), running)
  const [http, holder, iperf] = [keep(await startHttp(directory, HTTP_ENDPOINT)), keep(await startHolder()), keep(await startIperf(BULK_ENDPOINT))]
  const pairs = [[HTTP, HTTP_ENDPOINT], [IDLE, holder.port], ...(iperf === undefined ? [] : [[BULK, BULK_ENDPOINT]])]
  const direct = {name: 'no proxy', address: '127.0.0.1', http: HTTP_ENDPOINT, bulk: BULK_ENDPOINT}
  const targets = [direct]
  const missing = http.name === 'nginx' ? [] : ['nginx (as the endpoint; Node answers instead)']
  for (const [index, proxy] of PROXIES.entries()) {
    const version = proxy.version()
    const address = `127.77.0.${index + 1}`
    if (version === undefined) missing.push(proxy.name)
    else {
      const running = await proxy.start({address, pairs, directory, connections}).catch((error) => void missing.push(`${proxy.name} (it does not start: ${error.message})`))
      if (running !== undefined) targets.push({name: proxy.name, version, address, direct, http: HTTP, bulk: BULK, idle: IDLE, ...keep(running)})
    }
  }
  return {targets, missing}
}
