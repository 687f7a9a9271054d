import {formatEndpoints, slicesOf} from './endpoint-text.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {formatPairs, labelLines, nameLines} from './metadata.js'
import type {Describer} from './surroundings.js'

/** Source: kubectl `describeService`. */
export const serviceDescriber: Describer = {
  needs: ['endpointslices'],
  describe: (service, surroundings) => {
    const slices = slicesOf(service.text('metadata.name'), surroundings.neighbours.endpointslices)
    const spec = service.at('spec')
    return [
      ...nameLines(service),
      ...labelLines(service),
      `Selector:\t${formatPairs(spec.pairs('selector'))}`,
      `Type:\t${spec.text('type')}`,
      ...addressLines(spec),
      ...ingressLines(service),
      ...spec.items('ports').flatMap((port) => portLines(port, slices)),
      `Session Affinity:\t${spec.text('sessionAffinity')}`,
      ...policyLines(spec),
      ...eventLines(surroundings),
    ]
  },
}

function optional(title: string, value: string): readonly string[] {
  return value === '' ? [] : [`${title}:\t${value}`]
}

function addressLines(spec: Fields): readonly string[] {
  return [
    ...optional('IP Family Policy', spec.text('ipFamilyPolicy')),
    `IP Families:\t${spec.texts('ipFamilies').join(',') || '<none>'}`,
    `IP:\t${spec.text('clusterIP')}`,
    `IPs:\t${spec.texts('clusterIPs').join(',') || '<none>'}`,
    ...optional('External IPs', spec.texts('externalIPs').join(',')),
    ...optional('Desired LoadBalancer IP', spec.text('loadBalancerIP')),
    ...optional('External Name', spec.text('externalName')),
  ]
}

function ingressLines(service: Fields): readonly string[] {
  const texts = service.items('status.loadBalancer.ingress').map((ingress) => {
    const [ip, mode] = [ingress.text('ip'), ingress.text('ipMode')]
    return ip === '' ? ingress.text('hostname') : `${ip}${mode === '' ? '' : ` (${mode})`}`
  })
  return optional('LoadBalancer Ingress', texts.join(', '))
}

function portLines(port: Fields, slices: readonly Fields[]): readonly string[] {
  const name = port.text('name')
  const [shown, protocol] = [name || '<unset>', port.text('protocol')]
  return [
    `Port:\t${shown}\t${port.number('port')}/${protocol}`,
    `TargetPort:\t${port.text('targetPort') || '0'}/${protocol}`,
    ...(port.number('nodePort') === 0 ? [] : [`NodePort:\t${shown}\t${port.number('nodePort')}/${protocol}`]),
    `Endpoints:\t${formatEndpoints(slices, name)}`,
  ]
}

function policyLines(spec: Fields): readonly string[] {
  return [
    ...optional('External Traffic Policy', spec.text('externalTrafficPolicy')),
    ...optional('Internal Traffic Policy', spec.text('internalTrafficPolicy')),
    ...(spec.number('healthCheckNodePort') === 0 ? [] : [`HealthCheck NodePort:\t${spec.number('healthCheckNodePort')}`]),
    ...optional('LoadBalancer Source Ranges', spec.texts('loadBalancerSourceRanges').join(',')),
    ...optional('Traffic Distribution', spec.text('trafficDistribution')),
  ]
}
