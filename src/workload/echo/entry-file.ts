import {fileURLToPath} from 'node:url'

/** The compiled file of a process entry of this folder. While the sources run (tests, development) it is the one `npm run build` made. */
export function entryFile(name: 'echo-main'): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/workload/echo' : '.'
  return fileURLToPath(new URL(`${folder}/${name}.js`, import.meta.url))
}
