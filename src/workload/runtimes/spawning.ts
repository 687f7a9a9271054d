import {ContainerError} from './container-error.js'

/**
 * What `start` returns, which spawns `program` for a container. Throws ContainerError where the system does not let it: the container is tried again,
 * because a machine that has no descriptor or process left has one later.
 */
export async function spawning<T>(program: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'executable file not found in $PATH' : code === 'EACCES' ? 'permission denied' : message
    throw new ContainerError('RunContainerError', `failed to start the container: exec: "${program}": ${why}`, {cause})
  }
}
