import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  await box.ok('tshift gateway start --bind $BIND --allow-host-commands')
})
afterAll(() => box.close())

const NAMES = `tshift get pods -o jsonpath='{.items[*].metadata.name}'`

test('the example: pods by name, reachable by name, updated from the last to the first, and undone', async () => {
  await box.ok('tshift apply -f stateful && tshift rollout status statefulset/tcp-echo --timeout=60s')
  expect(await box.ok(NAMES)).toBe('tcp-echo-0 tcp-echo-1 tcp-echo-2')
  expect(await box.ok('tshift get sts --no-headers')).toMatch(/^tcp-echo +3\/3 +\d+s\n$/)
  expect(await box.ok(`tshift exec sts/tcp-echo -- sh -c 'echo hi | nc tcp-echo-2.tcp-echo 9000'`)).toBe('hello hi\n')
  await box.ok('tshift set image sts/tcp-echo tcp-echo=istio/tcp-echo-server:1.3 && tshift rollout status sts/tcp-echo --timeout=60s')
  expect(await box.ok('tshift rollout history sts/tcp-echo')).toBe('statefulset.apps/tcp-echo \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n')
  const images = `tshift get pods -o jsonpath='{.items[*].spec.containers[0].image}'`
  expect(await box.ok(images)).toBe(Array(3).fill('istio/tcp-echo-server:1.3').join(' '))
  expect(await box.ok('tshift rollout undo sts/tcp-echo')).toBe('statefulset.apps/tcp-echo rolled back\n')
  expect(await box.ok(`tshift get sts tcp-echo -o jsonpath='{.spec.template.spec.containers[0].image}'`)).toBe('docker.io/istio/tcp-echo-server:1.2')
  await box.ok('tshift delete -f stateful')
  expect(await box.ok('tshift get pvc -o name')).toBe([0, 1, 2].map((ordinal) => `persistentvolumeclaim/data-tcp-echo-${ordinal}\n`).join(''))
})

test('what a pod wrote is there when it comes back, and gone with its claim', async () => {
  const file = path.join(box.directory, 'diary.yaml')
  writeFileSync(file, DIARY)
  await box.ok(`tshift apply -f ${file} && tshift rollout status sts/diary --timeout=30s`)
  await box.ok('tshift rollout restart sts/diary && tshift rollout status sts/diary --timeout=30s')
  expect(await box.ok('tshift logs diary-0')).toBe('2\n')
  const directory = path.join(box.home, 'claims')
  expect(await box.ok(`ls ${directory} | grep -c diary`)).toBe('1\n')
  await box.ok('tshift delete sts/diary pvc/data-diary-0 --wait')
  await box.ok(`for i in {1..100}; do ls ${directory} | grep -q diary || exit 0; sleep 0.1; done; exit 1`)
})

const DIARY = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: diary}
spec:
  selector: {matchLabels: {app: diary}}
  template:
    metadata: {labels: {app: diary}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: sh
        image: example/sh
        command: [sh, -c, 'echo day >> $TSHIFT_VOLUME_DATA/diary; wc -l < $TSHIFT_VOLUME_DATA/diary | tr -d " "; exec sleep 600']
        volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
  - {metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}
`
