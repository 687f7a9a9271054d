import {defineConfig} from 'vitest/config'
import {PATIENCE_MS} from './patience.js'

/** Folders of tests that start no process and open no socket: their files share a process, which saves its start for each of them. */
const COMPUTED = ['analyze', 'api', 'fields', 'inspect', 'output', 'resources', 'routing', 'shift', 'stats', 'tally'].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    pool: 'forks',
    // many of them wait for other processes most of the time
    maxWorkers: 2,
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    expect: {poll: {timeout: PATIENCE_MS / 2}},
    projects: [
      {extends: true, test: {name: 'live', include: ['test/**/*.test.ts'], exclude: COMPUTED}},
      {extends: true, test: {name: 'computed', include: COMPUTED, isolate: false}},
    ],
  },
})
