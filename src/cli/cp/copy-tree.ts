import {createReadStream, createWriteStream, type Stats} from 'node:fs'
import {chmod, lstat, mkdir, readdir, readlink, rm, symlink} from 'node:fs/promises'
import path from 'node:path'
import {pipeline} from 'node:stream/promises'

export interface CopyTreeOptions {
  /** Files become as executable and private as they were; otherwise as new ones are. */
  readonly keepsModes: boolean
  /** Told of a link that is left out; undefined: links are copied as links. */
  readonly skipLink?: (file: string, target: string) => void
}

/** Copies a file, or a directory with all below it into the other one, where files may be already. Throws the system's errors. */
export async function copyTree(from: string, to: string, options: CopyTreeOptions): Promise<void> {
  const info = await lstat(from)
  if (info.isDirectory()) return copyDirectory(from, to, options)
  if (info.isSymbolicLink()) return copyLink(from, to, options)
  await copyFile(from, to, {info, options})
}

async function copyDirectory(from: string, to: string, options: CopyTreeOptions): Promise<void> {
  const names = (await readdir(from)).sort()
  await mkdir(to, {recursive: true})
  for (const name of names) await copyTree(path.join(from, name), path.join(to, name), options)
}

async function copyLink(from: string, to: string, {skipLink}: CopyTreeOptions): Promise<void> {
  const target = await readlink(from)
  if (skipLink !== undefined) return skipLink(to, target)
  await rm(to, {force: true})
  await symlink(target, to)
}

/** What is no file, such as a pipe, comes as an empty one: to read it could take for ever. */
async function copyFile(from: string, to: string, {info, options}: {readonly info: Stats; readonly options: CopyTreeOptions}): Promise<void> {
  await pipeline(info.isFile() ? createReadStream(from) : [], createWriteStream(to))
  if (options.keepsModes) await chmod(to, info.mode & 0o7777)
}
