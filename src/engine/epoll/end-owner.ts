import type {End} from './end.js'
import type {EventLoop} from './event-loop.js'
import type {NativeMemory} from './libc.js'
import type {Pipes} from './pipes.js'
import type {Sockets} from './sockets.js'

/** What all ends of an engine share. The buffer is used within one call only. */
export interface EndTools {
  readonly loop: EventLoop
  readonly sockets: Sockets
  readonly buffer: NativeMemory
  readonly pipes: Pipes
}

/** Whose end it is. */
export interface EndOwner {
  /** Called for every event before it is forwarded anything. */
  ready(end: End): void
  /** `end` has read so many bytes. */
  received(end: End, count: number): void
  /** What had to wait was written. */
  sent(): void
  /** Both ends are closed. */
  ended(): void
}
