import type {Finding} from '../../analyze/finding.js'
import {friendlyName} from '../../analyze/analyzed-object.js'
import {referenceOf} from '../../analyze/order.js'

/** A finding as istioctl's json and yaml have it. */
export interface FindingJson {
  readonly code: string
  /** Istio's page about the code; codes of ours have none. */
  readonly documentationUrl?: string
  readonly level: string
  readonly message: string
  readonly origin?: string
  /** `file:line`; absent for what is in no file. */
  readonly reference?: string
}

const PAGES = 'https://istio.io/v1.32/docs/reference/config/analysis'

/** Where Istio explains its codes. */
export const ANALYSIS_URL = PAGES

/** A finding as `istioctl analyze -o json` prints it (diag/message.go Unstructured). */
export function toFindingJson(finding: Finding): FindingJson {
  const {code, level, message, subject} = finding
  const reference = referenceOf(finding)
  return {
    code,
    ...(pageOf(code) === undefined ? {} : {documentationUrl: `${pageOf(code)}?ref=istioctl-analyze`}),
    level,
    message,
    ...(subject === undefined ? {} : {origin: friendlyName(subject)}),
    ...(reference === undefined ? {} : {reference}),
  }
}

/** Istio's page about a code. */
export function pageOf(code: string): string | undefined {
  return code.startsWith('IST') ? `${PAGES}/${code.toLowerCase()}/` : undefined
}
