import {expect, test} from 'vitest'
import {idleRuntime} from '../../src/workload/runtimes/idle-runtime.js'
import {describeRuntimeContract} from '../contract/runtime.js'
import {containerSpec} from './container-spec.js'

describeRuntimeContract('the idle runtime', {
  runtime: () => idleRuntime,
  image: 'curlimages/curl',
  longRunning: () => Promise.resolve({container: containerSpec({image: 'curlimages/curl', command: ['/bin/sleep', 'infinity']}), lines: []}),
  stopped: {exitCode: 0},
  dying: undefined,
  impossible: undefined,
})

const images = ['curl', 'governmentpaas/curl-ssl:terraform-14', 'busybox:1.36', 'docker.io/library/alpine', 'pstauffer/curl', 'sleep', 'istio/proxyv2:1.24.0']

test.each(images)('the image %s idles', (image) => {
  expect(idleRuntime.runs(image)).toBe(true)
})
