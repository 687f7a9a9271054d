/** What a program needs of this machine to work; everything else (tokens, keys) stays out of pods. */
const PASSED_ON = /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|LANG|LC_\w+|TZ|TMPDIR)$/

/** The part of this machine's environment that a pod's commands see. */
export function hostEnvironment(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && PASSED_ON.test(entry[0])))
}
