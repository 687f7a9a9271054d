import {defineConfig} from 'vitest/config'
import {PATIENCE_MS} from './patience.js'

/** Tests of rules in a kernel: run by `nftables-kernel.test.ts` in a network namespace of their own, never by themselves. */
export default defineConfig({
  // vitest looks for its cache beside the config; that of the other tests is not for these
  cacheDir: 'node_modules/.vite-netns',
  test: {
    include: ['test/**/*.netns.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    expect: {poll: {timeout: PATIENCE_MS / 2}},
  },
})
