import {readFileSync} from 'node:fs'

/** tshift's own version, where no command object is at hand to ask. */
export function packageVersion(): string {
  const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {readonly version: string}
  return version
}
