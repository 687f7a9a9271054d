import {findExecutable} from '../exec/find-executable.js'
import {imageName} from './image-name.js'

export interface ImageWords {
  readonly image: string
  readonly command: readonly string[]
  readonly args: readonly string[]
}

/** What the images' `CMD` is. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {alpine: ['sh'], busybox: ['sh'], sleep: ['sh']}
/** Programs that images' entry points put before arguments that begin with no program. */
const ENTRIES: Readonly<Record<string, string>> = {bash: 'bash', curl: 'curl', 'curl-ssl': 'curl'}

/**
 * What a container of an image that idles would run: its own words, or the image's. Empty where the image has no program that this machine could
 * have. Source: the images' Dockerfiles and entry points.
 */
export async function idleProgram({image, command, args}: ImageWords, searchPath: string): Promise<readonly string[]> {
  if (command.length > 0) return [...command, ...args]
  const name = imageName(image)
  const [entry, [first = '-']] = [ENTRIES[name], args]
  if (entry === undefined) return args.length > 0 ? args : (DEFAULTS[name] ?? [])
  const isProgram = !first.startsWith('-') && (await findExecutable(first, searchPath)) !== undefined
  return isProgram ? args : [entry, ...args]
}
