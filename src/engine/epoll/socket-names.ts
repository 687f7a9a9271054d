import {formatHostPort} from '../host-port.js'
import type {Sockets} from './sockets.js'

/** A socket that can be asked for its addresses, as one of Node's can. Each question is a call of the kernel. */
export class SocketNames {
  constructor(
    readonly fd: number,
    private readonly sockets: Sockets,
  ) {}

  get remoteAddress(): string | undefined {
    return this.sockets.remote(this.fd)?.address
  }

  get remotePort(): number | undefined {
    return this.sockets.remote(this.fd)?.port
  }

  get localAddress(): string | undefined {
    return this.sockets.local(this.fd)?.address
  }

  get localPort(): number | undefined {
    return this.sockets.local(this.fd)?.port
  }

  /** `host:port` of this side, undefined for a unix socket. */
  get localName(): string | undefined {
    const local = this.sockets.local(this.fd)
    return local && formatHostPort(local.address, local.port)
  }
}
