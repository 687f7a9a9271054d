// Loaded before a data plane worker (NODE_OPTIONS=--require): profiles it from start to end, into the directory that BENCH_PROFILE names.
if (require('node:cluster').isWorker && process.env.BENCH_PROFILE !== undefined) {
  const {Session} = require('node:inspector')
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', {interval: 200})
  session.post('Profiler.start')
  process.once('exit', () => {
    session.post('Profiler.stop', (error, answer) => {
      if (error === null) require('node:fs').writeFileSync(`${process.env.BENCH_PROFILE}/worker-${process.pid}.cpuprofile`, JSON.stringify(answer.profile))
    })
  })
}
