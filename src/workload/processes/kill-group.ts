/** Sends a signal to the process group that `pid` leads. That there is none any more is fine. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code !== 'ESRCH' && code !== 'EPERM') throw error // ESRCH: all are gone; EPERM: macOS says so of a group of zombies
  }
}
