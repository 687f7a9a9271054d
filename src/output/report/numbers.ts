/** 0.8 → `80%`, 1/3 → `33.3%`: at most one digit after the point; what is not quite 0 or 1 never shows as such. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%'
  if (share < 1 && share >= 0.9995) return '>99.9%'
  return `${Number((share * 100).toFixed(1))}%`
}

/** 0.82 → `82.0%`; what is there but rounds away shows as `<0.1%`. */
export function fixedPercent(share: number): string {
  return share > 0 && share < 0.0005 ? '<0.1%' : `${(share * 100).toFixed(1)}%`
}

/** A share in percent, rounded away from the weight, so that a claim of what was seen stays true. */
export function boundPercent(share: number, direction: 'up' | 'down'): string {
  const tenths = share * 1000
  return `${(direction === 'up' ? Math.ceil(tenths - 1e-6) : Math.floor(tenths + 1e-6)) / 10}%`
}

/** 0.05 → `5 points`. */
export function points(difference: number): string {
  const value = Number((difference * 100).toFixed(1))
  return value === 1 ? '1 point' : `${value} points`
}

/** A p-value with two digits that matter: `0.71`, `0.034`, `0.00041`, `3.2e-12`, `< 1e-300`. */
export function pValue(p: number): string {
  if (p < 1e-300) return '< 1e-300'
  if (p >= 0.995) return '= 1'
  if (p >= 0.0995) return `= ${p.toFixed(2)}`
  return `= ${p >= 1e-4 ? Number(p.toPrecision(2)) : p.toExponential(1).replace('.0e', 'e')}`
}

/** `1 line`, `1,000 lines`. */
export function quantity(n: number, unit: string): string {
  return `${n.toLocaleString('en-US')} ${unit}${n === 1 ? '' : 's'}`
}

/** A duration with three digits that matter: `0.21 ms`, `12.3 ms`, `1,500 ms`. */
export function milliseconds(ms: number): string {
  const digits = ms >= 100 ? 0 : ms >= 10 ? 1 : 2
  return `${Number(ms.toFixed(digits)).toLocaleString('en-US')} ms`
}

/** `0.19 s`, `12.3 s`, `400 s`; what is shorter than ten milliseconds in those. */
export function seconds(ms: number): string {
  if (ms < 10) return milliseconds(ms)
  const digits = ms >= 100_000 ? 0 : ms >= 10_000 ? 1 : 2
  return `${Number((ms / 1000).toFixed(digits)).toLocaleString('en-US')} s`
}
