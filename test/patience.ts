/** A test that hangs ends after this. It is no measure of speed: a machine may be slow, or busy with other things. */
export const PATIENCE_MS = 120_000
