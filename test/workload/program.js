// A program that misbehaves as its argument says. It prints `up` once it is ready for signals.
import {createServer} from 'node:net'

const acts = {
  exit3: () => process.exit(3),
  run: () => setInterval(() => {}, 1 << 30),
  ignoreTerm() {
    process.on('SIGTERM', () => console.log('TERM ignored'))
    setInterval(() => {}, 1 << 30)
  },
  flood() {
    const block = `${'x'.repeat(99)}\n`.repeat(1000)
    const more = () => process.stdout.write(block, more)
    more()
  },
  unfinished: () => process.stdout.write('no newline'),
  long: () => process.stdout.write(`${'é'.repeat(10_000)}\nend\n`),
  streams() {
    console.log('to stdout')
    console.error('to stderr')
  },
  environment: () => console.log(JSON.stringify({POD_IP: process.env.POD_IP, PORT: process.env.PORT, MINE: process.env.MINE, SECRET: process.env.SECRET, argv: process.argv.slice(3)})),
  listen: () => createServer().listen(Number(process.env.PORT), process.env.POD_IP),
  listenAloud: () => acts.listen().on('listening', () => console.log('up')),
  async children() {
    const {spawn} = await import('node:child_process')
    spawn(process.execPath, [process.argv[1], 'listenAloud'], {stdio: 'inherit'})
    acts.run()
  },
}

const act = process.argv[2]
if (act === 'ignoreTerm' || act === 'run') setTimeout(() => console.log('up'))
await acts[act]()
