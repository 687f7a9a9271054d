/** A flag that may be given several times, a value each time, as kubectl's string arrays. */
export const repeatable = {multiple: true, multipleNonGreedy: true} as const

/** As `repeatable`, and each time several values with commas between them, as kubectl's string slices. */
export const repeatableList = {...repeatable, delimiter: ','} as const
