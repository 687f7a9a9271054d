import type {ContainerSpec} from './runtime.js'

/** What every program of this machine is told besides its own variables: its pod's address, and the port to listen on (the first one declared). */
export function podVariables({address, ports, hostPort}: Pick<ContainerSpec, 'address' | 'ports' | 'hostPort'>): Readonly<Record<string, string>> {
  const [first] = ports
  return {POD_IP: address, ...(first === undefined ? {} : {PORT: String(hostPort(first))})}
}
