/** The first three of a list, and how many more there are: `a,b,c + 2 more...` (kubernetes printers). */
export function firstThree(items: readonly string[]): string {
  const shown = items.slice(0, 3).join(',')
  return items.length > 3 ? `${shown} + ${items.length - 3} more...` : shown
}
