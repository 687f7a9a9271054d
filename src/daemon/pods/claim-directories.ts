import {readdir, rm} from 'node:fs/promises'
import path from 'node:path'
import type {Pod} from '../../api/kinds/pod.js'
import type {KubeObject} from '../../api/object.js'
import type {World} from '../world.js'

/** The name of the directory that is a claim's volume: another claim of the same name has another. */
export function claimDirectory({metadata}: KubeObject): string {
  return `${metadata.namespace}_${metadata.name}_${metadata.uid}`
}

type Claims = Pick<World, 'volumeClaims' | 'pods'>

/** The directories that are the volumes of PersistentVolumeClaims: each goes when its claim and the pods that use it are gone. */
export class ClaimDirectories {
  readonly #root: string
  #newest: Claims = {volumeClaims: [], pods: []}
  #swept: World['volumeClaims'] | undefined
  #isKept = false
  #sweeping: Promise<void> = Promise.resolve()

  constructor(root: string) {
    this.#root = root
  }

  /** Resolves when what nobody claims any more is gone. Throws what the file system says; the next change of claims tries again. */
  sync(world: Claims): Promise<void> {
    this.#newest = world
    if (world.volumeClaims === this.#swept && !this.#isKept) return this.#sweeping
    this.#swept = world.volumeClaims
    const sweep = () => this.#sweep()
    this.#sweeping = this.#sweeping.then(sweep, sweep)
    return this.#sweeping
  }

  /** Judged by what is known once the directories are listed: the claim of each of them was known before it was made. */
  async #sweep(): Promise<void> {
    const names = await directoriesIn(this.#root)
    const claimed = new Set(this.#newest.volumeClaims.map(claimDirectory))
    const used = usedClaims(this.#newest.pods)
    const abandoned = names.filter((name) => !claimed.has(name))
    const idle = abandoned.filter((name) => !used.has(name.split('_').slice(0, 2).join('_')))
    this.#isKept = idle.length < abandoned.length
    for (const name of idle) await rm(path.join(this.#root, name), {recursive: true, force: true})
  }
}

/** As their directories begin. */
function usedClaims(pods: World['pods']): ReadonlySet<string> {
  const names = ({metadata, spec}: Pod) => (spec?.volumes ?? []).flatMap(({persistentVolumeClaim: claim}) => (claim === undefined ? [] : [`${metadata.namespace}_${claim.claimName}`]))
  return new Set(pods.flatMap(names))
}

async function directoriesIn(root: string): Promise<readonly string[]> {
  try {
    return await readdir(root)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [] // nothing was ever claimed
    throw error
  }
}
