/** The look of the pages under /_local: the colours of the mails, light and dark. */
export const style = `
:root{color-scheme:light dark;--ground:#f4f3ef;--panel:#fff;--text:#1d1f23;--muted:#5c6270;--rule:#e6e4dd;--link:#1849a9;--on:#fff;--ok:#f0f5ee;--ok-text:#2b5a2b;--good:#4d8f4d;--skip:#a9b0bd;--bad:#c4351f;--doubt:#e0a030}
@media (prefers-color-scheme:dark){:root{--ground:#16171a;--panel:#1f2125;--text:#eceef2;--muted:#a3a9b6;--rule:#34373d;--link:#8fb4ff;--on:#10131a;--ok:#22301f;--ok-text:#b7dcae;--good:#78b878;--skip:#596070;--bad:#f07a64;--doubt:#e8b45a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/22px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 24px;padding:18px 24px 0;max-width:1400px;margin:0 auto}
header b{font-size:17px}
nav{display:flex;flex-wrap:wrap;gap:2px 4px}
nav a{padding:6px 12px;border-radius:8px;color:var(--muted)}
nav a[aria-current]{background:var(--panel);color:var(--text);font-weight:600}
main{max-width:1400px;margin:0 auto;padding:16px 24px 48px}
h1{font-size:20px;line-height:28px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
.m{color:var(--muted)}small,.s{font-size:13px;line-height:18px}
.panel{background:var(--panel);border-radius:10px;padding:20px 24px;overflow-x:auto}
.inbox{display:grid;grid-template-columns:minmax(280px,400px) 1fr;gap:16px;align-items:start}
.list{padding:6px;max-height:calc(100vh - 150px);overflow-y:auto}
.list a{display:block;color:inherit;padding:10px 12px;border-radius:8px;border-bottom:1px solid var(--rule)}
.list a:hover{background:var(--ground);text-decoration:none}.list a[aria-current]{background:var(--ok)}
.list b{display:block}.list b,.list span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row{display:flex;justify-content:space-between;gap:12px}.row span:last-child{flex:none}
form{margin:0 0 12px}input[type=search]{width:100%;font:inherit;color:inherit;background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:9px 12px}
.tabs{display:flex;flex-wrap:wrap;gap:4px;margin:14px 0;align-items:center}.tabs a,.tabs button{padding:4px 12px;border-radius:14px;border:1px solid var(--rule);font:inherit;font-size:13px;color:inherit;background:none;line-height:22px;font-weight:400}
.tabs a[aria-current]{background:var(--text);color:var(--panel);border-color:var(--text)}.tabs .end{margin-left:auto}
iframe{display:block;width:100%;height:calc(100vh - 268px);min-height:460px;border:1px solid var(--rule);border-radius:8px;background:#fff}
iframe.phone{width:375px;max-width:100%;margin:0 auto}iframe.dark{background:#16171a}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:13px/19px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;margin:0}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;font-size:13px;color:var(--muted)}th,td{padding:8px 16px 8px 0;border-bottom:1px solid var(--rule);vertical-align:top}tr:last-child td{border:0}.n{text-align:right;font-variant-numeric:tabular-nums}
button{font:600 14px/20px inherit;font-family:inherit;background:none;color:var(--link);border:1px solid var(--rule);border-radius:8px;padding:6px 14px;cursor:pointer;white-space:nowrap}button:hover{border-color:var(--link)}
.bar{display:flex;height:8px;border-radius:4px;overflow:hidden;background:var(--rule);margin:10px 0 6px}.bar i{display:block;min-width:3px}
.accepted{background:var(--good)}.skipped{background:var(--skip)}.refused{background:var(--bad)}.doubt{background:var(--doubt)}
.key i{display:inline-block;width:9px;height:9px;border-radius:3px;margin:0 5px 0 0}.key span{margin-right:16px;white-space:nowrap}
.edition{margin:0 0 12px}.pill{display:inline-block;border-radius:10px;padding:1px 10px;font-size:13px;background:var(--ok);color:var(--ok-text)}.pill.busy{background:var(--doubt);color:#241a05}
.zero{color:var(--muted)}.alarm{color:var(--bad);font-weight:600}details{margin:0 0 8px}summary{cursor:pointer;padding:6px 0}
.empty{padding:48px 24px;text-align:center}
.back{display:none}
.slack{margin:0 0 16px}.slack h2{margin:0 0 4px}.slack h2 .m{font-weight:400}.post{display:grid;grid-template-columns:36px minmax(0,1fr);gap:12px;padding:14px 0 4px;border-top:1px solid var(--rule);overflow-wrap:anywhere}.post p,.post blockquote,.post li{white-space:pre-line}.post p{margin:0 0 4px}.post h3{font-size:17px;line-height:24px;margin:4px 0}.post blockquote{margin:4px 0;padding:0 0 0 10px;border-left:4px solid var(--rule)}.post ul,.post ol{margin:0 0 4px;padding-left:22px}.post a{text-decoration:underline}.post hr{border:0;border-top:1px solid var(--rule);margin:8px 0}.post.gone{color:var(--muted)}
.avatar{width:36px;height:36px;border-radius:8px;background:var(--link);color:var(--on);font-weight:700;font-size:16px;line-height:36px;text-align:center}.app{font-size:11px;font-weight:600;background:var(--rule);border-radius:3px;padding:1px 4px;color:var(--muted)}
@media (max-width:760px){header{padding:14px 14px 0}main{padding:12px 14px 40px}.panel{padding:16px}.list{padding:4px;max-height:none}.inbox{display:block}.inbox.reading .side{display:none}.inbox:not(.reading) .reader{display:none}.back{display:block;margin:0 0 10px}iframe{height:70vh}th,td{padding-right:10px}.wide,.end a:first-child{display:none}nav a{padding:6px 9px}}
`;
