const NO_CA = 'kube-root-ca.crt is the certificate of an API server, and there is none here'
const INJECTION = 'the containers injected here have the ports, arguments and states that Istio gives them; in the capture they are bare'
const PLACE = 'the file, line and column follow, or stand for a line that kubectl counts from 0'

/** Captured commands whose output differs here, with the reason why it may. */
export const DIFFERENT: Readonly<Record<string, string>> = {
  'tshift get cm': NO_CA,
  'tshift get cm -o wide': NO_CA,
  'tshift describe cm': NO_CA,
  'tshift get nodes -o wide': 'the kernel of this node is the Node.js that runs it, with its version',
  'tshift describe node tshift': "this node's own labels, ranges of addresses and running gateway pod; 0% where the capture divided by nothing",
  'tshift get pods -A': 'the ingress gateway is a pod as well',
  'tshift get pod/tcp-echo-v1-kwk4tpmx7q-ljnnm -o yaml': INJECTION,
  'tshift describe pod/tcp-echo-v1-kwk4tpmx7q-ljnnm': INJECTION,
  'tshift logs pod/tcp-echo-v1-kwk4tpmx7q-ljnnm -c istio-proxy': 'in the capture an echo server ran in place of the proxy; here the gateway is the proxy, and the container says nothing',
  'tshift api-resources': 'the capture has the few kinds its server knew; here are those that tshift knows',
  'tshift version': 'says the versions of Istio and of tshift as well',
  'tshift cluster-info': 'there is no API server with a URL; says where the state and the gateway are',
  'tshift apply -f bad-yaml.yaml': PLACE,
  'tshift apply -f bad-nokind.yaml': PLACE,
  'tshift apply -f bad-noapi.yaml': PLACE,
  'tshift apply -f scalar.yaml': PLACE,
}
