export function importLate(code: string): string
export function requireLate(text: string): string
