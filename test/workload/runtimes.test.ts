import {describe, expect, test} from 'vitest'
import {parseCommandWords} from '../../src/workload/runtimes/command-words.js'
import {runtimeFor, type RuntimeChoice} from '../../src/workload/runtimes/runtimes.js'
import {containerSpec} from './container-spec.js'

const says = process.execPath
const echo = containerSpec({image: 'tcp-echo-server'})
const own = containerSpec({image: 'example/app:1', command: [says, '-e', 'console.log("own command")']})

/** What a container of the image logs under a permission, or why it is refused. */
async function outcome(container: typeof own, permission: Partial<RuntimeChoice>): Promise<readonly string[] | string> {
  const lines: string[] = []
  const hasCommand = container.command.length > 0
  const choice = {command: undefined, allowHostCommands: false, hasCommand, engine: async () => undefined, purpose: 'serve' as const, ...permission}
  try {
    const running = await (await runtimeFor(container.image, choice)).start(container, (line) => lines.push(line))
    if (running.pid === undefined) return 'idles'
    await running.exited
    return lines
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const annotation = JSON.stringify([says, '-e', 'console.log("annotated")'])
const refused = refusalOf('example/app:1')

function refusalOf(image: string): string {
  return (
    `Failed to pull image "${image}": tshift pulls no images by itself: start docker or podman and restart the gateway, or, ` +
    "to run a program of this machine in its place (the container's own command, or what the annotation tshift.dev/command of the pod template " +
    'says), start the gateway with --allow-host-commands'
  )
}

const unclosed = `cannot read the command "node 'x": a quote is not closed`

describe('what runs for an image', () => {
  test.each([
    {what: 'an unknown image is refused with the way out', container: own, command: undefined, allow: false, expected: refused},
    {what: 'an unknown image with an allowed command runs it', container: own, command: undefined, allow: true, expected: ['own command']},
    {what: 'the annotation comes before the own command', container: own, command: annotation, allow: true, expected: ['annotated']},
    {what: 'the annotation comes before a built-in image', container: echo, command: annotation, allow: true, expected: ['annotated']},
    {what: 'an annotation permits nothing by itself', container: own, command: annotation, allow: false, expected: refused},
    {what: 'the sidecar idles whatever is annotated', container: {...own, image: 'istio/proxyv2:1.24'}, command: annotation, allow: true, expected: 'idles'},
    {what: 'a built-in image does not run its command', container: {...own, image: 'busybox'}, command: undefined, allow: true, expected: 'idles'},
    {what: 'a broken annotation is refused', container: own, command: "node 'x", allow: true, expected: unclosed},
  ])('$what', async ({container, command, allow, expected}) => {
    expect(await outcome(container, {command, allowHostCommands: allow})).toEqual(expected)
  })
})

describe('what runs for an image that idles', () => {
  const shell = {...own, image: 'busybox'}
  test.each([
    {what: "a Job's command runs where it may", container: shell, allow: true, expected: ['own command']},
    {what: "a Job's command that may not run is refused, because a Job that idles never ends", container: shell, allow: false, expected: refusalOf('busybox')},
    {what: 'the sidecar in the pod of a Job idles', container: {...own, image: 'istio/proxyv2:1.24'}, allow: true, expected: 'idles'},
  ])('$what', async ({container, allow, expected}) => {
    expect(await outcome(container, {allowHostCommands: allow, purpose: 'job'})).toEqual(expected)
  })
})

describe('the words of a command', () => {
  test.each([
    ['node server.js', ['node', 'server.js']],
    ['  node\n  --port  $(PORT) ', ['node', '--port', '$(PORT)']],
    [`sh -c 'echo "hi" | cat'`, ['sh', '-c', 'echo "hi" | cat']],
    [String.raw`a "b \"c\" \d" e\ f ''`, ['a', String.raw`b "c" \d`, 'e f', '']],
    [`--x='1 2'"3"4`, ['--x=1 234']],
    ['["node", "-e", "a | b"]', ['node', '-e', 'a | b']],
  ])('%j', (text, expected) => {
    expect(parseCommandWords(text)).toEqual(expected)
  })

  test.each([
    ['', 'cannot read the command "": it names no program'],
    ['[]', 'cannot read the command "[]": it names no program'],
    ['["node", 1]', 'cannot read the command "[\\"node\\", 1]": a JSON command is an array of strings'],
    ['[node]', 'cannot read the command "[node]": it begins with [ but is no JSON'],
    ['a | b', 'cannot read the command "a | b": | is for a shell; write ["sh", "-c", "…"] if you want one'],
    ['a;b', 'cannot read the command "a;b": ; is for a shell; write ["sh", "-c", "…"] if you want one'],
    ["a 'b", 'cannot read the command "a \'b": a quote is not closed'],
  ])('%j is refused', (text, message) => {
    expect(() => parseCommandWords(text)).toThrow(expect.objectContaining({name: 'UserError', message}))
  })
})
