import {closeSync, fstatSync, openSync, readSync} from 'node:fs'

/** Offsets in a meta page of LMDB's data file (mdb.c `MDB_page_header`, `MDB_meta`; 64-bit, little-endian as all machines we run on). */
const AT = {magic: 24, version: 28, pageSize: 48, freeRoot: 88, mainRoot: 136, lastPage: 144, transaction: 152, end: 160} as const
const MAGIC = 0xbeefc0de
const VERSION = 2
const NO_PAGE = 0xffff_ffff_ffff_ffffn
/**
 * By how many pages a sound file may be shorter than its last page number says: pages that a transaction took and gave back were never
 * written (mdb.c at `mm_last_pg`). They are few and are taken again soon; a file that lacks more has been cut.
 */
const UNWRITTEN_PAGES = 64n

/**
 * Opens an existing data file for reading and writing and looks whether it can be LMDB's: undefined where it can (an empty file too),
 * else what is wrong. LMDB has to be kept away from such a file, because the binding crashes the process (segmentation fault on a
 * header it refuses, bus error on pages that are not there). Throws the system's error where the file cannot be opened.
 */
export function findFileDamage(file: string): string | undefined {
  const fd = openSync(file, 'r+')
  try {
    if (fstatSync(fd).size === 0) return undefined
    const first = readMeta(fd, 0)
    const pageSize = first.readUInt32LE(AT.pageSize)
    if (!isMeta(first) || pageSize < 512 || pageSize > 65_536) return 'it is not an LMDB file'
    const second = readMeta(fd, pageSize)
    if (!isMeta(second)) return 'its second header page is damaged'
    // The size is taken after the header: another process may make the file grow, and writes the header last.
    return findMissingPages(newer(first, second), BigInt(Math.floor(fstatSync(fd).size / pageSize)))
  } finally {
    closeSync(fd)
  }
}

function readMeta(fd: number, position: number): Buffer {
  const bytes = Buffer.alloc(AT.end)
  readSync(fd, bytes, 0, AT.end, position)
  return bytes
}

function isMeta(page: Buffer): boolean {
  return page.readUInt32LE(AT.magic) === MAGIC && page.readUInt32LE(AT.version) === VERSION
}

function newer(a: Buffer, b: Buffer): Buffer {
  return a.readBigUInt64LE(AT.transaction) > b.readBigUInt64LE(AT.transaction) ? a : b
}

function findMissingPages(meta: Buffer, pages: bigint): string | undefined {
  const roots = [AT.freeRoot, AT.mainRoot].map((offset) => meta.readBigUInt64LE(offset)).filter((page) => page !== NO_PAGE)
  const expected = meta.readBigUInt64LE(AT.lastPage) + 1n
  if (roots.every((page) => page < pages) && expected - pages <= UNWRITTEN_PAGES) return undefined
  return `it has ${pages} of ${expected} pages`
}
