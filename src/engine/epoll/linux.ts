/** Numbers of Linux's kernel interface, alike on x64 and arm64, glibc and musl (asm-generic). Error codes are Node's `os.constants.errno`. */
export const AF_UNIX = 1
export const AF_INET = 2
export const AF_INET6 = 10
export const SOCK_STREAM = 1
export const SOCK_SEQPACKET = 5
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000
export const F_SETPIPE_SZ = 1031
export const O_NONBLOCK = 0o4000
export const O_CLOEXEC = 0o2000000

export const SOL_SOCKET = 1
export const SO_REUSEADDR = 2
export const SO_ERROR = 4
export const SO_KEEPALIVE = 9
export const SO_LINGER = 13
export const SCM_RIGHTS = 1
export const IPPROTO_TCP = 6
export const TCP_NODELAY = 1
export const TCP_KEEPIDLE = 4
export const TCP_KEEPINTVL = 5
export const TCP_KEEPCNT = 6

export const MSG_PEEK = 0x2
export const MSG_DONTWAIT = 0x40
export const MSG_NOSIGNAL = 0x4000
export const MSG_MORE = 0x8000
export const MSG_CMSG_CLOEXEC = 0x40000000
export const SHUT_WR = 1
export const SPLICE_F_MOVE = 1
export const SPLICE_F_NONBLOCK = 2

export const EPOLL_CLOEXEC = 0o2000000
export const EPOLL_CTL_ADD = 1
export const EPOLL_CTL_DEL = 2
export const EPOLLIN = 0x1
export const EPOLLPRI = 0x2
export const EPOLLOUT = 0x4
export const EPOLLERR = 0x8
export const EPOLLHUP = 0x10
export const EPOLLRDHUP = 0x2000
/** Of several processes that wait at one listening socket not all are woken. */
export const EPOLLEXCLUSIVE = 0x10000000
/** Edges, not levels: an event is told once, and whoever got it reads or writes until the kernel says EAGAIN. */
export const EPOLLET = 0x80000000
