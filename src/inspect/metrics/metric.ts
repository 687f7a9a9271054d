/** One number the gateway tells of itself. */
export interface Metric {
  /** Envoy's full name: `cluster.outbound|9000|v1|x.upstream_cx_total`. Absent for Istio's, which exist in Prometheus only. */
  readonly stat?: string
  /** Prometheus' name, without what the labels say: `envoy_cluster_upstream_cx_total`. */
  readonly family: string
  /** In the order they are printed. */
  readonly labels: Readonly<Record<string, string>>
  readonly type: 'counter' | 'gauge'
  readonly value: number
}
