/** Captured commands whose output differs here, with the reason why it may. */
export const DIFFERENT: Readonly<Record<string, string>> = {}
