// Loaded before a data plane worker (NODE_OPTIONS=--require): leaves a profile from SIGUSR2 to its end in the directory that BENCH_PROFILE names. It records
// from the start, or V8 would count all calls through koffi as one function; what was before the signal is cut off.
if (require('node:cluster').isWorker && process.env.BENCH_PROFILE !== undefined) {
  const {Session} = require('node:inspector')
  const session = new Session()
  let fromUs = 0
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', {interval: 200})
  session.post('Profiler.start')
  process.once('SIGUSR2', () => (fromUs = Number(process.hrtime.bigint()) / 1000))
  process.once('exit', () => {
    session.post('Profiler.stop', (error, answer) => {
      if (error === null) require('node:fs').writeFileSync(`${process.env.BENCH_PROFILE}/worker-${process.pid}.cpuprofile`, JSON.stringify(since(answer.profile, fromUs)))
    })
  })
}

/** V8's times are microseconds of the clock that hrtime reads. */
function since(profile, fromUs) {
  let atUs = profile.startTime
  const first = profile.timeDeltas.findIndex((delta) => (atUs += delta) >= fromUs)
  return first < 0 ? profile : {...profile, startTime: fromUs, samples: profile.samples.slice(first), timeDeltas: profile.timeDeltas.slice(first)}
}
