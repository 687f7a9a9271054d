/**
 * What the epoll engine calls of Linux's libc, and of the libuv that Node exports to addons. Addresses go in as numbers: they are those of `allocate`, which
 * never moves nor frees, so that no call can outlive its memory. Each function returns -1 where it fails; `errno` then says why, until the next call.
 */
export interface Libc {
  errno(): number
  /** Zeroed memory that stays for the life of the process. */
  allocate(size: number): NativeMemory
  socket(family: number, type: number, protocol: number): number
  bind(fd: number, address: number, length: number): number
  listen(fd: number, backlog: number): number
  accept4(fd: number, address: number, length: number, flags: number): number
  connect(fd: number, address: number, length: number): number
  recv(fd: number, at: number, size: number, flags: number): number
  send(fd: number, at: number, size: number, flags: number): number
  shutdown(fd: number, how: number): number
  close(fd: number): number
  setsockopt(fd: number, level: number, name: number, value: number, length: number): number
  getsockopt(fd: number, level: number, name: number, value: number, length: number): number
  getsockname(fd: number, address: number, length: number): number
  getpeername(fd: number, address: number, length: number): number
  epoll_create1(flags: number): number
  epoll_ctl(epoll: number, operation: number, fd: number, event: number): number
  epoll_wait(epoll: number, events: number, most: number, timeoutMs: number): number
  pipe2(fds: number, flags: number): number
  fcntl(fd: number, command: number, value: number): number
  splice(from: number, fromOffset: number, to: number, toOffset: number, size: number, flags: number): number
  socketpair(family: number, type: number, protocol: number, fds: number): number
  sendmsg(fd: number, message: number, flags: number): number
  recvmsg(fd: number, message: number, flags: number): number
  /** Lets Node's event loop turn whenever `fd` is readable, and for ever; it keeps the process alive only while that is asked for. */
  wakeLoopBy(fd: number): LoopWaker
}

export interface LoopWaker {
  ref(): void
  unref(): void
}

export interface NativeMemory {
  readonly address: number
  readonly bytes: Buffer
}

const UV_POLL = 8
const UV_READABLE = 1

let loaded: Promise<Libc> | undefined

/** Loads koffi, the only native part, when it is first asked for. Rejects where there is no prebuilt koffi, or what is called is not there. */
export function loadLibc(): Promise<Libc> {
  loaded ??= bindLibc()
  return loaded
}

async function bindLibc(): Promise<Libc> {
  const {default: koffi} = await import('koffi')
  const library = koffi.load(null)
  const bind = <F>(name: string, result: string, ...parameters: readonly string[]) => library.func(name, result, [...parameters]) as unknown as F
  const calloc = bind<(count: number, size: number) => bigint>('calloc', 'void *', 'size_t', 'size_t')
  const allocate = (size: number): NativeMemory => {
    const pointer = calloc(1, size)
    if (pointer === null || Number(pointer) === 0) throw new Error('out of memory')
    return {address: Number(pointer), bytes: Buffer.from(koffi.view(pointer, size))}
  }
  return {
    errno: () => koffi.errno(),
    allocate,
    socket: bind('socket', 'int', 'int', 'int', 'int'),
    bind: bind('bind', 'int', 'int', 'intptr_t', 'uint32_t'),
    listen: bind('listen', 'int', 'int', 'int'),
    accept4: bind('accept4', 'int', 'int', 'intptr_t', 'intptr_t', 'int'),
    connect: bind('connect', 'int', 'int', 'intptr_t', 'uint32_t'),
    recv: bind('recv', 'intptr_t', 'int', 'intptr_t', 'size_t', 'int'),
    send: bind('send', 'intptr_t', 'int', 'intptr_t', 'size_t', 'int'),
    shutdown: bind('shutdown', 'int', 'int', 'int'),
    close: bind('close', 'int', 'int'),
    setsockopt: bind('setsockopt', 'int', 'int', 'int', 'int', 'intptr_t', 'uint32_t'),
    getsockopt: bind('getsockopt', 'int', 'int', 'int', 'int', 'intptr_t', 'intptr_t'),
    getsockname: bind('getsockname', 'int', 'int', 'intptr_t', 'intptr_t'),
    getpeername: bind('getpeername', 'int', 'int', 'intptr_t', 'intptr_t'),
    epoll_create1: bind('epoll_create1', 'int', 'int'),
    epoll_ctl: bind('epoll_ctl', 'int', 'int', 'int', 'int', 'intptr_t'),
    epoll_wait: bind('epoll_wait', 'int', 'int', 'intptr_t', 'int', 'int'),
    fcntl: bind('fcntl', 'int', 'int', 'int', 'int'),
    pipe2: bind('pipe2', 'int', 'intptr_t', 'int'),
    splice: bind('splice', 'intptr_t', 'int', 'intptr_t', 'int', 'intptr_t', 'size_t', 'uint32_t'),
    socketpair: bind('socketpair', 'int', 'int', 'int', 'int', 'intptr_t'),
    sendmsg: bind('sendmsg', 'intptr_t', 'int', 'intptr_t', 'int'),
    recvmsg: bind('recvmsg', 'intptr_t', 'int', 'intptr_t', 'int'),
    wakeLoopBy: bindWake(bind, allocate),
  }
}

type Bind = <F>(name: string, result: string, ...parameters: readonly string[]) => F

/**
 * libuv's own poll handle, through the functions that Node exports for addons. Its callback does nothing: `uv_is_active`, which only reads the handle it is
 * given. Turning the loop is all that is wanted, and no JavaScript is ever called from outside Node's own callbacks.
 */
function bindWake(bind: Bind, allocate: (size: number) => NativeMemory): (fd: number) => LoopWaker {
  const defaultLoop = bind<() => bigint>('uv_default_loop', 'intptr_t')
  const handleSize = bind<(type: number) => number>('uv_handle_size', 'size_t', 'int')
  const init = bind<(loop: bigint, handle: number, fd: number) => number>('uv_poll_init', 'int', 'intptr_t', 'intptr_t', 'int')
  const start = bind<(handle: number, events: number, callback: bigint) => number>('uv_poll_start', 'int', 'intptr_t', 'int', 'intptr_t')
  const ref = bind<(handle: number) => void>('uv_ref', 'void', 'intptr_t')
  const unref = bind<(handle: number) => void>('uv_unref', 'void', 'intptr_t')
  const dlsym = bind<(library: number, name: string) => bigint>('dlsym', 'intptr_t', 'intptr_t', 'str')
  const idle = dlsym(0, 'uv_is_active')
  if (Number(idle) === 0) throw new Error('Node does not export libuv')
  return (fd) => {
    const handle = allocate(handleSize(UV_POLL)).address
    const error = init(defaultLoop(), handle, fd) || start(handle, UV_READABLE, idle)
    if (error !== 0) throw new Error(`libuv does not poll: error ${error}`)
    unref(handle)
    return {ref: () => ref(handle), unref: () => unref(handle)}
  }
}
