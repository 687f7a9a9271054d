/** What differs from one cluster and one run to the next. */
const VARIABLE: readonly (readonly [pattern: RegExp, mask: string])[] = [
  [/\b(kubectl|tshift)\b/g, 'CLI'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UID'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000)/g, 'TIME'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, 'TIME'],
  [/\b\d+\.\d+\.\d+\.\d+\b/g, 'IP'],
  [/(tcp-echo-v\d|d1|p1)-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '$1-POD'],
  [/(tcp-echo-v\d|d1)-[a-z0-9]{8,10}\b/g, '$1-RS'],
  [/\btcp-echo-[a-z0-9]{5}\b/g, 'tcp-echo-SLICE'],
  [/(?<=pod-template-hash[=:] ?)[a-z0-9]+/g, 'HASH'],
  [/\.[0-9a-f]{16}\b/g, '.EVENT'],
  [/(?<=(resourceVersion|Resource Version)"?: +"?)\d+/g, 'REVISION'],
  [/\b[0-9a-f]{64}\b/g, 'ID'],
  [/(?<=(LIVE|MERGED)-)\w+/g, 'N'],
  // how far a rollout has come when it is asked about; what is said of each stage: test/cli/rollout
  [/^Waiting for deployment .*\n/gm, ''],
  [/(?<=^|\s)(\d+[smhd]){1,2}(?=\s|$)/g, 'AGE'],
]

/** Neighbouring lines of a table of events. */
const EVENTS = /(^AGE {2}(Normal|Warning) .*\n?)+/gm

/**
 * The text without what is bound to differ; gaps between columns count as one width, since what they line up has just been masked. Events are
 * sorted: the containers of a pod start at the same time.
 */
export function mask(text: string): string {
  const masked = VARIABLE.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text)
  const narrow = masked.replace(/(?<=\S) {2,}(?=\S)/g, '  ').replace(/ +$/gm, '').trimEnd()
  return narrow.replace(EVENTS, (lines) => lines.trimEnd().split('\n').sort().join('\n'))
}
