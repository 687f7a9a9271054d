/** What is done to end, from the last to the first. */
export type Undo = (() => Promise<void>)[]
