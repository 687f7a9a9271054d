import {isCidr} from '../api/ip-address.js'

type Check = (value: string) => string | undefined

const UINT32 = 2 ** 32 - 1
const UINT16 = 2 ** 16 - 1
const BOOLEANS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'])

const CHECKS: Readonly<Record<string, Check>> = {
  'sidecar.istio.io/interceptionMode': (mode) =>
    ['REDIRECT', 'TPROXY', 'NONE'].includes(mode) ? undefined : `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${mode}`,
  // istiod names the wrong parameter here
  'status.sidecar.istio.io/port': (port) => prefixed('excludeInboundPorts', portProblem(port)),
  'readiness.status.sidecar.istio.io/initialDelaySeconds': (value) => numberProblem(value, UINT32),
  'readiness.status.sidecar.istio.io/periodSeconds': (value) => numberProblem(value, UINT32),
  'readiness.status.sidecar.istio.io/failureThreshold': (value) => numberProblem(value, UINT32),
  'traffic.sidecar.istio.io/includeOutboundIPRanges': (ranges) => (ranges === '*' ? undefined : prefixed('includeIPRanges', rangesProblem(ranges))),
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': (ranges) => prefixed('excludeIPRanges', rangesProblem(ranges)),
  'traffic.sidecar.istio.io/includeInboundPorts': (ports) => (ports === '*' ? undefined : prefixed('includeInboundPorts', portsProblem(ports))),
  'traffic.sidecar.istio.io/excludeInboundPorts': (ports) => prefixed('excludeInboundPorts', portsProblem(ports)),
  'traffic.sidecar.istio.io/excludeOutboundPorts': (ports) => prefixed('excludeOutboundPorts', portsProblem(ports)),
  'prometheus.istio.io/merge-metrics': (value) => (BOOLEANS.has(value) ? undefined : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`),
}

/** What is wrong with the value of an annotation, in istiod's words; nothing where it is not looked at (istio inject/validate.go). */
export function annotationProblem(name: string, value: string): string | undefined {
  return Object.hasOwn(CHECKS, name) ? CHECKS[name]?.(value) : undefined
}

function prefixed(parameter: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${parameter} invalid: ${problem}`
}

function numberProblem(text: string, most: number): string | undefined {
  if (!/^\d+$/.test(text)) return `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
  return Number(text) > most ? `strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range` : undefined
}

function portProblem(text: string): string | undefined {
  const problem = numberProblem(text.trim(), UINT16)
  return problem === undefined ? undefined : `failed parsing port '${text}': ${problem}`
}

function portsProblem(text: string): string | undefined {
  const wrong =
    text.trim() === ''
      ? undefined
      : text
          .trim()
          .split(',')
          .find((port) => portProblem(port) !== undefined)
  return wrong === undefined ? undefined : `failed parsing port '${wrong}': ${portProblem(wrong)}`
}

function rangesProblem(text: string): string | undefined {
  const wrong = text === '' ? undefined : text.split(',').find((range) => !isCidr(range))
  if (wrong === undefined) return undefined
  const reason = wrong.includes('/') ? 'ParseAddr or prefix length is bad' : "no '/'"
  return `failed parsing cidr '${wrong}': netip.ParsePrefix(${JSON.stringify(wrong)}): ${reason}`
}
