import {expect, test} from 'vitest'
import {runInProcess} from '../help/in-process.js'

test.each([
  ['cordon tshift', 'it cannot be cordoned'],
  ['drain tshift --ignore-daemonsets --delete-emptydir-data', 'it cannot be drained'],
  ['taint nodes tshift a=b:NoSchedule', 'taints would have no effect'],
  ['certificate approve -f csr.yaml', 'nothing signs certificates here'],
  ['certificate deny -f csr.yaml', 'nothing signs certificates here'],
  ['proxy --port=8001', 'there is no API server to proxy to'],
  ['cluster-info dump -A', 'there is no cluster to dump: all of it is in one directory'],
  ['auth reconcile -f rbac.yaml', 'there are no rights to reconcile: roles and bindings are kept, and everybody may do everything'],
  ['debug pod -it --image=busybox', 'there is no container to add to one'],
  ['convert -f x.yaml', 'none has to be converted'],
  ['plugin list', 'tshift runs no plugins'],
  ['config set-cluster c --server=https://x', 'no cluster can be added'],
  ['config set-credentials u --token=t', 'no user can be added'],
  ['config delete-cluster c', 'no cluster can be taken away'],
  ['config delete-user u', 'no user can be taken away'],
])('%s says in a sentence why not, and what to do instead', async (line, why) => {
  const {code, stdout, stderr} = await runInProcess(line.split(' '))
  expect({code, stdout}).toEqual({code: 1, stdout: ''})
  const [message = '', instead = '', ...rest] = stderr.split('\n')
  expect(message).toMatch(/^error: /)
  expect(message).toContain(why)
  expect(instead).not.toBe('')
  expect(rest).toEqual([''])
})
