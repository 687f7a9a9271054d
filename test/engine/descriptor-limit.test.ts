import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, onTestFinished, test} from 'vitest'
import {compiledFile} from '../help/compiled.js'
import {routingOf} from './routing-of.js'
import {ask, backend, ending, freshAddress, open, until} from './sockets.js'

test('an engine that runs out of descriptors serves again when some are free', async () => {
  const address = freshAddress()
  // answers only who speaks, so that silent clients hold their descriptors
  const server = await backend((socket) => void socket.once('data', () => socket.write('v1')).on('end', () => socket.end()))
  const routing = JSON.stringify(routingOf([{port: 31400, to: {v1: 1}}], {v1: {endpoints: [server]}}))
  const script = `const {createNodeEngine} = await import(${JSON.stringify(await compiledFile('engine/node/node-engine.js'))})
    const engine = createNodeEngine({address: '${address}', onChange: 'drain', drainMs: 45000})
    await engine.apply(${routing})
    console.log('ready')`
  const command = ['-c', 'ulimit -n 64 && exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script]
  const engine = spawn('bash', command, {stdio: ['ignore', 'pipe', 'inherit']})
  onTestFinished(() => {
    engine.kill('SIGKILL')
    server.close()
  })
  await once(engine.stdout, 'data')
  const clients = Array.from({length: 200}, () => open(address, 31400))
  const endings = clients.map(ending)
  await Promise.race(endings) // the first for which there was no descriptor
  for (const client of clients) client.destroy()
  await Promise.all(endings)
  await until(async () => (await ask(address, 31400)).text === 'v1')
  expect(engine.exitCode).toBe(null)
})
