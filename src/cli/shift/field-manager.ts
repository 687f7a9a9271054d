/** Who changes weights and records of shifts, as `metadata.managedFields` names it. */
export const BY_SHIFT = {fieldManager: 'tshift-shift'} as const
