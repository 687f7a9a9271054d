const LIGHT = ['#1d4ed8', '#c2410c', '#047857', '#7c3aed', '#be185d', '#a16207', '#0e7490', '#4b5563']
const DARK = ['#7db2ff', '#fb923c', '#34d399', '#b79dff', '#f783c0', '#facc15', '#22d3ee', '#b0b7c3']

const variables = (colors: readonly string[]) => colors.map((color, i) => `--c${i}:${color}`).join(';')

/** The whole style of the page: system fonts, light or dark as the reader's system is, prints in light. */
export const STYLE = `
:root{color-scheme:light;--bg:#fff;--fg:#1a1d21;--dim:#5b6470;--line:#dde1e6;--good:#047857;--bad:#b91c1c;--warn:#a15c00;${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--bg:#14171b;--fg:#e8eaed;--dim:#a3abb6;--line:#333a43;
--good:#34d399;--bad:#ff8080;--warn:#f5b454;${variables(DARK)}}}
body{background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:760px;padding:24px 20px 48px}
h1{font-size:1.1rem;font-weight:600;margin:0;overflow-wrap:anywhere}
h2{font-size:1rem;margin:32px 0 4px}
p{margin:4px 0}
.meta,.aside{color:var(--dim);font-size:.9rem;overflow-wrap:anywhere}
.verdict{border-left:6px solid var(--dim);font-size:1.2rem;font-weight:600;margin:20px 0 8px;overflow-wrap:anywhere;padding:4px 0 4px 14px}
.good{border-color:var(--good)}.bad{border-color:var(--bad)}.warn{border-color:var(--warn)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:16px 0;width:100%}
th,td{border-bottom:1px solid var(--line);padding:5px 10px;text-align:right;white-space:nowrap}
th:first-child,td:first-child{overflow-wrap:anywhere;text-align:left;white-space:normal}
th{color:var(--dim);font-size:.85rem;font-weight:500}
ul{list-style:none;margin:8px 0;padding:0}
li{overflow-wrap:anywhere;padding:2px 0}
svg{display:block;height:auto;width:100%}
.tick,.label{fill:var(--dim);font:12px system-ui,sans-serif}
.label{fill:var(--fg);font-weight:600}
.grid{stroke:var(--line)}.axis{stroke:var(--dim)}
.line{fill:none;stroke-width:2}.band{opacity:.16;stroke:none}
.weight{stroke-dasharray:7 5;stroke-width:1.5}.edge{opacity:.75;stroke-dasharray:1.5 4;stroke-width:1.5}
.limit{stroke:var(--bad);stroke-dasharray:7 5;stroke-width:1.5}
.bar{fill:var(--c0)}
${LIGHT.map((_, i) => `.c${i}{stroke:var(--c${i})}.f${i}{fill:var(--c${i})}`).join('')}
`.trim()
