import type {Sandbox} from './sandbox.js'

/** Waits, watching, until `count` pods that the flags select are ready. */
export async function podsReady(box: Sandbox, flags: string, count: number): Promise<void> {
  const jsonpath = `{.items[*].status.conditions[?(@.type=="Ready")].status}`
  await box.ok(`for i in {1..150}; do [ "$(tshift get pods ${flags} -o jsonpath='${jsonpath}' | tr ' ' '\\n' | grep -c True)" = ${count} ] && exit 0; sleep 0.1; done; exit 1`)
}
