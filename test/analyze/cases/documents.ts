// Documents of a manifest by what matters in them: the lines that cases count on are those of these texts.

export const vs = (name: string, spec: string) => `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}}\nspec:\n${spec}\n`
export const gateway = (name: string, spec: string) => `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: ${name}}\nspec:\n${spec}\n`
export const rule = (name: string, spec: string) => `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: ${name}}\nspec:\n${spec}\n`
export const entry = (name: string, spec: string) => `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: ${name}}\nspec:\n${spec}\n`
export const service = (name: string, spec: string, metadata = '') => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}${metadata}}\nspec:\n${spec}\n`
export const namespace = (name: string, labels = '') => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}\n`
export const pod = (name: string, metadata: string, containers = '{name: app, image: app}') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, ${metadata}}\nspec: {containers: [${containers}]}\n`
export const deployment = (name: string, template: string, containers = '{name: app, image: app}') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {${template}}\n    spec: {containers: [${containers}]}\n`
export const all = (...documents: readonly string[]) => documents.join('---\n')

export const tcp = (destination: string) => `  hosts: ["*"]\n  tcp:\n  - route:\n    - destination: ${destination}`
export const ingressPod = pod('ingress', 'namespace: istio-system, labels: {istio: ingressgateway}')
export const ingressService = (ports: string) => service('ingress', `  selector: {istio: ingressgateway}\n  ports: [${ports}]`, ', namespace: istio-system')
export const server = (port: number, more = '') => `{hosts: ["*"], port: {number: ${port}, name: p${port}, protocol: TCP}${more}}`
export const onIngress = (...servers: readonly string[]) => `  selector: {istio: ingressgateway}\n  servers: [${servers.join(', ')}]`
