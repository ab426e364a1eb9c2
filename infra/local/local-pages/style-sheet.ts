import type { LocalPages } from '../http-api.ts';

const css = `
:root{color-scheme:light;--ink:#1b2a33;--soft:#51636d;--line:#cfd8dc;--paper:#f5f7f8;--card:#fff;--way:#1b7f4b;--here:#b45309;--link:#0b5c8a}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.en{color:var(--soft);font-size:.86em}
header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:center;background:#17303b;color:#fff;padding:10px max(16px,calc((100vw - 1160px)/2))}
header p{margin:0}header .en{color:#b9cbd3}.brand{font-weight:700}
nav ul{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:0;padding:0}
header a{color:#fff;text-decoration:none;display:inline-block;padding:4px 0}
header a:hover,header a[aria-current]{text-decoration:underline;text-underline-offset:5px;text-decoration-thickness:2px}
.now{margin-left:auto!important;font-variant-numeric:tabular-nums}
main{max-width:1192px;margin:0 auto;padding:20px 16px}
footer{max-width:1192px;margin:0 auto;padding:0 16px 32px;color:var(--soft);font-size:.86em}
h1{font-size:1.5rem;margin:.2em 0 .7em;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:0 0 .6em}
h1 .en,h2 .en{font-weight:400}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px;margin:0 0 16px;min-width:0}
.two{display:grid;gap:0 16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));align-items:start}
a{color:var(--link)}a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid #f2a900;outline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--line)}
th{white-space:nowrap;font-weight:600}tr:last-child td{border-bottom:0}
time,code,.key{font-variant-numeric:tabular-nums}time,.status{white-space:nowrap}
code,pre,.key{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86rem;overflow-wrap:anywhere}
pre{white-space:pre-wrap;margin:.4em 0;background:var(--paper);padding:8px;border-radius:6px}
ul.plain{list-style:none;margin:0;padding:0}ul.plain li{padding:2px 0}
.big{font-size:1.6rem;font-weight:600;font-variant-numeric:tabular-nums;margin:0 0 .3em}
.big .en{font-size:.9rem;font-weight:400}
.buttons{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 12px}
button{font:inherit;min-height:44px;padding:8px 14px;border:1px solid #0b4a6f;border-radius:6px;background:var(--link);color:#fff;cursor:pointer}
button .en{color:#d8ebf5}button:hover{background:#084a70}
button.quiet{background:#fff;color:var(--link)}button.quiet .en{color:var(--soft)}button.quiet:hover{background:#eaf3f8}
input{font:inherit;min-height:44px;padding:8px;border:1px solid #61747e;border-radius:6px;width:15em;max-width:100%}
label{display:block;margin:0 0 4px}form.row{display:flex;flex-wrap:wrap;gap:8px;align-items:end;margin:0 0 12px}
.hint,.none{color:var(--soft);font-size:.9rem;margin:.5em 0}
.error{border-left:4px solid #b3261e;background:#fdecea;padding:8px 12px;margin:0 0 12px}
.chips{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 12px;padding:0;list-style:none}
.chips a{display:inline-block;padding:5px 12px;border:1px solid var(--line);border-radius:99px;text-decoration:none;background:#fff}
.chips a[aria-current]{background:#e2f0f7;border-color:var(--link);font-weight:600}
.status::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;background:var(--soft);margin-right:.45em}
.status.RUNNING::before{background:var(--here)}.status.SUCCEEDED::before{background:var(--way)}
.status.FAILED::before,.status.TIMED_OUT::before,.status.ABORTED::before{background:#b3261e}
details{border-bottom:1px solid var(--line);padding:4px 0}details:last-of-type{border-bottom:0}td details{border:0;padding:0}
summary{cursor:pointer;overflow-wrap:anywhere}
.pager a{display:inline-block;margin-right:16px;padding:6px 0}
.picture{overflow-x:auto;margin:0 -16px;padding:0 16px}
.graph{display:block;margin:0 auto}
.graph .edge{fill:none;stroke:#93a4ad;stroke-width:1.3}.graph .catch{stroke-dasharray:4 4}
.graph .edge.lit{stroke:var(--way);stroke-width:2.6}
#arrow path{fill:#7b8d96}#arrow-lit path{fill:var(--way)}.graph marker{overflow:visible}
.graph .start{fill:#17303b}
.graph rect{fill:#fff;stroke:#7b8d96;stroke-width:1.3}.graph text{font-size:14px;text-anchor:middle;fill:var(--ink)}
.graph .waits rect{fill:#f3f7fa}.graph .fail rect{stroke-dasharray:3 3}
.graph .lit rect{fill:#e3f4ea;stroke:var(--way);stroke-width:2}
.graph .here rect{fill:#fff0dc;stroke:var(--here);stroke-width:3}.graph .here text{font-weight:700}
.graph .badge{font-size:12px;text-anchor:start;fill:var(--soft);font-weight:700;paint-order:stroke;stroke:var(--card);stroke-width:4px}.graph .here .badge{fill:var(--here)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:600px){.big{font-size:1.3rem}nav ul{gap:2px 12px}.graph{width:auto;min-width:600px;height:auto;max-height:420px}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td{display:block}tr{padding:6px 0;border-bottom:1px solid var(--line)}tr:last-child{border-bottom:0}
td{display:grid;grid-template-columns:5.5em minmax(0,1fr);gap:0 8px;border:0;padding:2px 0}td::before{content:attr(data-label);color:var(--soft)}td:empty{display:none}
.now{margin-left:0!important}section{padding:12px}.picture{margin:0 -12px;padding:0 12px}th,td{padding-right:10px}dl{grid-template-columns:1fr}dd{margin-bottom:6px}}
`;

export const styleSheet: LocalPages = ({ method, path }) =>
  path === '/_local/style.css' && method === 'GET'
    ? Promise.resolve({
        status: 200,
        headers: [
          ['content-type', 'text/css; charset=utf-8'],
          ['cache-control', 'no-cache'],
          ['x-content-type-options', 'nosniff'],
        ],
        body: Buffer.from(css),
      })
    : undefined;
