const style = `
:root{color-scheme:light dark;--canvas:oklch(.984 .003 255);--surface:#fff;--sunken:oklch(.966 .004 255);--line:oklch(.915 .006 255);--line-strong:oklch(.62 .015 255);--ink:oklch(.235 .018 260);--muted:oklch(.45 .018 258);--accent:oklch(.47 .16 264);--accent-ink:#fff;--attention:oklch(.47 .11 65);--attention-soft:oklch(.965 .045 85);--danger:oklch(.5 .19 27);--success:oklch(.44 .11 152)}
@media (prefers-color-scheme:dark){:root{--canvas:oklch(.185 .012 262);--surface:oklch(.218 .014 262);--sunken:oklch(.16 .011 262);--line:oklch(.305 .016 262);--line-strong:oklch(.56 .02 262);--ink:oklch(.945 .006 258);--muted:oklch(.755 .014 258);--accent:oklch(.76 .115 264);--accent-ink:oklch(.19 .03 264);--attention:oklch(.83 .11 82);--attention-soft:oklch(.295 .045 78);--danger:oklch(.77 .12 25);--success:oklch(.82 .115 155)}}
*{box-sizing:border-box;margin:0}
html{font:14px/20px ui-sans-serif,system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:var(--ink);background:var(--canvas);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:var(--measure,960px);margin:0 auto;padding:32px 16px 64px;display:grid;gap:16px}
h1{font-size:20px;line-height:28px;font-weight:600;text-wrap:balance}h2{font-size:16px;line-height:24px;font-weight:600}
a{color:var(--accent);text-underline-offset:2px}
.muted{color:var(--muted)}.small{font-size:12px;line-height:16px}.mono,pre,code{font:12.5px/20px ui-monospace,Menlo,"DejaVu Sans Mono",monospace}
.mark{justify-self:start;background:var(--attention-soft);color:var(--attention);border-radius:999px;padding:2px 10px;font-size:12px;line-height:18px;font-weight:500}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
ul,ol{list-style:none;padding:0}
.rows{border:1px solid var(--line);border-radius:6px;background:var(--surface);overflow:hidden}
.rows>li+li{border-top:1px solid var(--line)}
.row{display:grid;gap:2px;width:100%;min-height:48px;padding:10px 16px;border:0;background:none;color:inherit;font:inherit;text-align:left;text-decoration:none;cursor:pointer}
.row:hover{background:var(--sunken)}.row strong{font-weight:600}.row .muted{font-size:13px}
.panel{border:1px solid var(--line);border-radius:6px;background:var(--surface);padding:16px;display:grid;gap:12px}
details.panel{display:block}summary{cursor:pointer}details.panel>*+*{margin-top:12px}form{display:grid;gap:12px}label{display:grid;gap:4px;font-weight:500}
input,select,textarea{font:inherit;color:inherit;background:var(--surface);border:1px solid var(--line-strong);border-radius:6px;padding:6px 8px;min-height:32px;width:100%;min-width:0}
.button{justify-self:start;min-height:32px;padding:4px 12px;border-radius:6px;border:1px solid transparent;background:var(--accent);color:var(--accent-ink);font:inherit;font-weight:500;cursor:pointer}
pre{white-space:pre-wrap;background:var(--sunken);border-radius:6px;padding:12px;max-height:480px;overflow:auto}
table{width:100%;border-collapse:collapse;background:var(--surface);border:1px solid var(--line)}th,td{padding:8px 12px;text-align:left;vertical-align:top;border-top:1px solid var(--line)}thead th{border-top:0;font-size:12px;color:var(--muted);font-weight:500}tbody th{font-weight:500}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px}dt{color:var(--muted)}dd{margin:0}
.good{color:var(--success)}.bad{color:var(--danger)}
@media (max-width:560px){table,tbody,tr,th,td{display:block}thead{display:none}tr{border-top:1px solid var(--line);padding:8px 0}th,td{border:0;padding:2px 12px}dl{grid-template-columns:1fr}}
`

/** Text made safe for HTML, attributes too. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

/** A whole page of the simulator; `body` is HTML. `standsInFor` names what this page is not. */
export function page(title: string, standsInFor: string, body: string, measure = '960px'): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main style="--measure:${measure}"><p class="mark">Stand-in for ${escapeHtml(standsInFor)} (simulator)</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>`
}

export const when = (instant: string) =>
  `<time datetime="${instant}">${instant.slice(0, 19).replace('T', ' ')} UTC</time>`
