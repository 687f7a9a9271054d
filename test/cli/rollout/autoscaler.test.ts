import {describe, expect, test} from 'vitest'
import {deploymentType} from '../../../src/api/kinds/deployment.js'
import {serviceType} from '../../../src/api/kinds/service.js'
import {autoscalerFor, requireBounds, type AutoscaleOptions} from '../../../src/cli/rollout/autoscaler.js'
import {aDeployment, aService} from '../../help/builders.js'

const made = (options: Partial<AutoscaleOptions>) => autoscalerFor(aDeployment(), deploymentType, {metadata: {name: 'web'}, options: {min: -1, max: 5, ...options}})
const resource = (name: string, target: object) => ({type: 'Resource', resource: {name, target}})

describe('the autoscaler of a Deployment', () => {
  test('leaves to the server what is not said, with its fields in the order of kubectl', () => {
    expect(JSON.stringify(made({}))).toBe(
      '{"kind":"HorizontalPodAutoscaler","apiVersion":"autoscaling/v2","metadata":{"name":"web"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"tcp-echo-v1","apiVersion":"apps/v1"},"maxReplicas":5},"status":{"desiredReplicas":0,"currentMetrics":null}}',
    )
  })

  test.each([
    [{cpu: '80%'}, [resource('cpu', {type: 'Utilization', averageUtilization: 80})]],
    [{cpu: '500'}, [resource('cpu', {type: 'AverageValue', averageValue: '500m'})]],
    [{cpu: '500m', memory: '200Mi'}, [resource('cpu', {type: 'AverageValue', averageValue: '500m'}), resource('memory', {type: 'AverageValue', averageValue: '200Mi'})]],
    [{memory: '100'}, [resource('memory', {type: 'AverageValue', averageValue: '100Mi'})]],
  ])('%j', (options, metrics) => expect(made(options)).toMatchObject({spec: {metrics}}))

  test.each([
    [() => made({cpu: 'x'}), 'invalid resource cpu value: x'],
    [() => made({cpu: '1.5%'}), 'invalid percentage value: 1.5'],
    [() => requireBounds({min: -1, max: 0}), '--max=MAXPODS is required and must be at least 1, max: 0'],
    [() => requireBounds({min: 6, max: 5}), '--max=MAXPODS must be larger or equal to --min=MINPODS, max: 5, min: 6'],
    [
      () => autoscalerFor(aService(), serviceType, {metadata: {name: 'x'}, options: {min: -1, max: 1}}),
      'cannot autoscale a Service: could not find scale subresource for /v1, Resource=services in discovery information',
    ],
  ])('%# is refused: %s', (act, message) => expect(act).toThrow(message))
})
