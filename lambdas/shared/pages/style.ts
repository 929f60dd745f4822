import { createHash } from 'node:crypto';

/**
 * The one stylesheet of all pages: light and dark, from 320 px up. A table that is wider than its
 * page has a shadow at the side where there is more of it. Pages use its classes and no
 * style attributes, because their policy forbids those.
 */
export const style = `
:root{color-scheme:light dark;--bg:#f4f3ef;--panel:#fff;--t:#1d1f23;--m:#5c6270;--rule:#e6e4dd;--field:#8a8f9b;--a:#1849a9;--on:#fff;--ok:#f0f5ee;--okt:#2b5a2b;--warn:#fef3f2;--warnt:#8f1d13;--danger:#b42318;--s1:#fef3f2;--s1t:#b42318;--s2:#fffaeb;--s2t:#b54708;--s3:#eff8ff;--s3t:#175cd3;--s4:#f2f4f7;--s4t:#475467}
@media (prefers-color-scheme:dark){:root{--bg:#16171a;--panel:#1f2125;--t:#eceef2;--m:#a3a9b6;--rule:#34373d;--field:#767c89;--a:#8fb4ff;--on:#10131a;--ok:#22301f;--okt:#b7dcae;--warn:#3a1f1d;--warnt:#ffb4aa;--danger:#ff9c8f;--s1:#4d1f1a;--s1t:#ffb4a8;--s2:#452c10;--s2t:#ffc783;--s3:#1b3050;--s3t:#a9cbff;--s4:#34373d;--s4t:#d0d4dc}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--t);font:16px/24px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:640px;margin:0 auto;padding:32px 16px 64px}
.wide{max-width:760px}
h1{font-size:26px;line-height:33px;margin:0}
h2,legend{font-size:18px;line-height:24px;font-weight:700;margin:0;padding:0}
h3{font-size:16px;line-height:24px;margin:20px 0 4px}
p{margin:12px 0 0}
a{color:var(--a)}
.org{margin:0 0 6px;font-weight:600}
.m{color:var(--m)}
small,.small{font-size:14px;line-height:20px}
.panel{background:var(--panel);border-radius:10px;padding:24px 28px;margin:16px 0 0;border:0;min-width:0}
.panel>:first-child{margin-top:0}
fieldset.panel>legend{float:left;width:100%}
fieldset.panel>legend+*{clear:both}
fieldset.panel>legend+.row{padding-top:10px}
.address{white-space:nowrap}
fieldset.plain{border:0;padding:0;margin:18px 0 0;min-width:0}
fieldset.plain>legend{font-size:16px;font-weight:600}
legend small{font-weight:400}
.said{border-radius:8px;padding:10px 14px;margin:16px 0 0;background:var(--ok);color:var(--okt)}
.said p,.said ul{margin:6px 0 0}
ul.said{padding-left:34px}
.said>:first-child{margin-top:0}
.said+h1{margin-top:16px}
.said+.pills{margin-top:12px}
.said.warn{background:var(--warn);color:var(--warnt)}
.said.open{background:var(--s2);color:var(--s2t)}
.said.plain{background:var(--panel);color:inherit}
.said a{color:inherit}
.opts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,118px),1fr));gap:8px;margin:12px 0 0}
.opts label{border:1px solid var(--field);border-radius:8px;padding:10px 12px;display:flex;gap:8px;align-items:flex-start;min-height:44px;overflow-wrap:break-word;min-width:0}
.opts label:has(:checked){border-color:var(--a);box-shadow:inset 0 0 0 1px var(--a)}
input[type=radio],input[type=checkbox]{accent-color:var(--a);width:18px;height:18px;margin:3px 0 0;flex:none}
.opts.five{grid-template-columns:1fr;gap:6px}
.opts.five span{display:flex;flex-wrap:wrap;gap:0 10px;align-items:baseline}
.opts b,.opts small{display:block}
.opts b{font-weight:600}
.opts small{color:var(--m);font-size:13px;line-height:18px}
.choice:not(:has([value=defer]:checked)) .until,.choice:has([value='']:checked) .field{display:none}
.until{max-width:240px}
.so-far{list-style:none;margin:0;padding:0}
.so-far>li+li{margin:4px 0 0}
h2.big{font-size:20px;line-height:26px;margin:8px 0 0}
.doc.compact h2{font-size:14px;line-height:20px;color:var(--m);margin:14px 0 0}
.doc.compact p{margin:2px 0 0}
textarea.prose{font:inherit}
.row{display:flex;gap:12px;flex-wrap:wrap;margin:14px 0 0}
.filters{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,118px),1fr));gap:12px;margin:8px 0 0}
.filters>label{min-width:0}
.row>label,.row>.field{flex:1 1 200px;min-width:0}
.field,.check{display:block;margin:14px 0 0}
.row .field{margin:0}
.check{display:flex;gap:10px;align-items:flex-start;min-height:32px}
select,input[type=date],input[type=search],input[type=email],input[type=text]{width:100%;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--field);border-radius:8px;padding:9px 10px;margin:4px 0 0;min-height:44px}
[aria-invalid=true]{border:2px solid var(--warnt)!important}
.flaw{color:var(--warnt);font-size:14px;line-height:20px;display:block;margin:4px 0 0}
.chips{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0 0;padding:0;list-style:none}
.chip{border:1px solid var(--field);border-radius:16px;padding:4px 12px;min-height:34px;display:inline-flex;gap:8px;align-items:center;text-decoration:none;color:inherit}
.chip input{margin:0}
.chip:has(:checked){border-color:var(--a);box-shadow:inset 0 0 0 1px var(--a)}
.sub{font-size:16px;margin:20px 0 4px}
.found{list-style:none;margin:10px 0 0;padding:0}
.found>li{display:flex;flex-wrap:wrap;gap:4px 16px;padding:8px 0;border-top:1px solid var(--rule)}
.found .what{flex:1 1 180px}
.found>li>.pill{align-self:start}
.beside .list td{overflow-wrap:break-word}
.found label{display:inline-flex;gap:8px;align-items:flex-start;min-height:32px}
.search{display:flex;gap:8px;align-items:flex-end;flex-wrap:wrap;margin:14px 0 0}
.search>label{flex:1 1 120px;min-width:0}
button,.button{font:600 16px/22px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;background:var(--a);color:var(--on);border:1px solid var(--a);border-radius:8px;padding:10px 22px;min-height:44px;cursor:pointer;text-decoration:none;display:inline-block}
button.soft,.button.soft{background:none;color:var(--a)}
button.danger{background:var(--danger);border-color:var(--danger)}
button:hover,.button:hover{filter:brightness(.92)}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}
.acts{display:flex;flex-wrap:wrap;gap:10px;margin:16px 0 0}
.acts form,.acts button{margin:0}
.bar{position:sticky;bottom:0;background:var(--bg);padding:14px 0;margin:16px 0 0;border-top:1px solid var(--rule);display:flex;flex-wrap:wrap;gap:8px;align-items:center}
details{margin:14px 0 0}
summary{cursor:pointer;color:var(--a);min-height:32px;padding:4px 0}
.pills{display:flex;flex-wrap:wrap;gap:6px;margin:0}
.pill{font-size:13px;line-height:18px;font-weight:700;border-radius:10px;padding:1px 9px;background:var(--s4);color:var(--s4t)}
article>h1{margin:8px 0 0}
.hits{list-style:none;margin:14px 0 0;padding:0}
.panel>.hits:first-child>li:first-child{border-top:0;padding-top:0}
.panel>.hits>li:last-child{padding-bottom:0}
mark{background:var(--s2);color:inherit;font-weight:600;border-radius:3px;padding:0 2px}
.hits>li{padding:16px 0;border-top:1px solid var(--rule)}
.hits h2,.hits h3{margin:6px 0 0;font-size:18px;line-height:24px}
.doc{overflow-wrap:anywhere}
.doc>:first-child{margin-top:0}
.doc h2{margin:28px 0 8px;font-size:20px;line-height:26px}
.doc ul,.doc ol{margin:12px 0 0;padding:0 0 0 24px}
.doc li{margin:4px 0 0}
.doc li>p,.doc dd>p:first-child{margin:0}
.doc blockquote{margin:12px 0 0;padding:0 0 0 14px;border-left:3px solid var(--rule);color:var(--m)}
.doc pre{margin:12px 0 0;padding:12px 14px;background:var(--bg);border-radius:8px;overflow-x:auto;font-size:14px;line-height:20px}
.doc code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em}
.table{overflow-x:auto;margin:12px 0 0;background:linear-gradient(90deg,var(--panel) 40%,transparent) 0/40px 100% no-repeat local,linear-gradient(270deg,var(--panel) 40%,transparent) 100%/40px 100% no-repeat local,linear-gradient(90deg,var(--field),transparent) 0/14px 100% no-repeat,linear-gradient(270deg,var(--field),transparent) 100%/14px 100% no-repeat}
.doc .table th,.doc .table td{overflow-wrap:break-word}
table{border-collapse:collapse;font-size:15px;line-height:22px}
th,td{border-bottom:1px solid var(--rule);padding:6px 12px 6px 0;text-align:left;vertical-align:top}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:12px 0 0}
dt{color:var(--m)}dd{margin:0}
.home{max-width:1072px}
.top{background:var(--panel);border-bottom:1px solid var(--rule)}
.top .inner{max-width:1072px;margin:0 auto;padding:6px 16px;display:flex;flex-wrap:wrap;gap:4px 24px;align-items:center}
.top ul{display:flex;flex-wrap:wrap;gap:0 20px;list-style:none;margin:0;padding:0}
.top li a{display:block;padding:10px 0 8px;border-bottom:2px solid transparent;color:inherit;text-decoration:none}
.top li a:hover{border-color:var(--field)}
.top [aria-current]{font-weight:700;color:var(--a);border-color:var(--a)}
.who{display:flex;flex-wrap:wrap;gap:0 12px;align-items:center;margin:0 0 0 auto}
.who a{color:var(--m)}
button.link{background:none;border:0;padding:4px 0;min-height:32px;font-weight:400;color:var(--a);text-decoration:underline}
.block{display:block}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.pill.ok{background:var(--ok);color:var(--okt)}
.list{width:100%;margin:10px 0 0}
.list th,.list td{padding:12px 16px 12px 0}
.list thead th{padding:6px 16px 6px 0;font-size:14px;color:var(--m);white-space:nowrap}
.list th:last-child,.list td:last-child{padding-right:0}
.list tbody th{font-weight:600;width:36%}
.list .shares{min-width:150px}
.list small{font-weight:400}
.list .acts,.needs .acts{margin:0}
.list td.end{text-align:right}
.end .acts,.end .pills{justify-content:flex-end}
.m+.pills,h2+.pills{margin:8px 0 0}
.found select{min-width:150px}
.found+h2{margin:24px 0 0}
.list button,.list .button,.needs button,.needs .button{padding:6px 14px;min-height:40px;display:inline-flex;align-items:center}
.list:has(.end) thead th:last-child{text-align:right}
.list .pill,.list button,.list .button{white-space:nowrap}
.shares{display:block;width:100%;max-width:220px;height:7px;margin:6px 0 8px}
.shares .none{fill:var(--rule)}.shares .accepted{fill:var(--okt)}.shares .doubtful{fill:var(--s2t)}.shares .refused{fill:var(--danger)}.shares .skipped{fill:var(--field)}
.needs,.acted{list-style:none;margin:10px 0 0;padding:0}
.needs>li{display:grid;grid-template-columns:112px 1fr auto;gap:4px 16px;padding:12px 0;border-top:1px solid var(--rule);align-items:start}
.needs>li>.pill{justify-self:start;margin-top:3px}
.acted>li{padding:10px 0;border-top:1px solid var(--rule)}
.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:0 16px;align-items:start}
.ask{max-width:640px}
.ask h1{font-size:22px;line-height:29px}
.risky{border-left:4px solid var(--danger)}
.button.soft.danger{color:var(--danger);border-color:var(--danger)}
textarea{width:100%;font:14px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:inherit;background:var(--bg);border:1px solid var(--field);border-radius:8px;padding:10px;margin:4px 0 0}
input[type=file]{display:block;width:100%;font:inherit;margin:6px 0 0;padding:6px 0;min-height:44px}
.remarks{list-style:none;margin:10px 0 0;padding:0}
.remarks>li{display:grid;grid-template-columns:112px 1fr;gap:4px 12px;padding:10px 0;border-top:1px solid var(--rule);align-items:start}
.remarks>li>.pill{justify-self:start;margin-top:3px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,270px),1fr));gap:14px;margin:14px 0 0;align-items:stretch}
.card{border:1px solid var(--field);border-radius:10px;min-width:0;display:flex;flex-direction:column}
.card>header{padding:12px 16px;border-bottom:1px solid var(--rule)}
.card h3{margin:0}
.card>.body{padding:12px 16px;flex:1}
.card>.body>:first-child{margin-top:0}
.card>.acts{padding:6px 16px 10px;margin:0;border-top:1px solid var(--rule);gap:0 16px}
.card h4{font-size:18px;line-height:24px;margin:8px 0 0}
.card h5{font-size:14px;line-height:20px;margin:12px 0 0;color:var(--m)}
.card h5+p{margin:2px 0 0}
.card button.link{text-align:left;font-size:15px}
.paste{margin:12px 0 0;padding:12px 14px;background:var(--bg);border-radius:8px;overflow-x:auto;white-space:pre-wrap;font:14px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.middle{align-items:center}
.inline{display:inline-flex;gap:8px;align-items:center;flex:1 1 200px;max-width:360px;white-space:nowrap}
.inline select{min-width:0}
.pills+h1{margin-top:6px}
.pill.bare{background:var(--panel);color:var(--m)}
.inline select{margin:0}
.changes del{color:var(--warnt);background:var(--warn);text-decoration:line-through;border-radius:3px;padding:0 2px}
.changes ins{color:var(--okt);background:var(--ok);text-decoration:underline;text-underline-offset:3px;border-radius:3px;padding:0 2px}
.lab{font-size:13px;line-height:18px;font-weight:600;color:var(--m);margin:14px 0 0}
.lab+p{margin:2px 0 0}
.diff,.ticks{list-style:none;margin:12px 0 0;padding:0}
.diff>li,.ticks>li{padding:10px 0;border-top:1px solid var(--rule)}
.diff>li:first-child,.ticks>li:first-child{border-top:0}
.diff .lab,.ticks .check{margin:0}
.diff .prose{white-space:pre-line}
.ticks small{display:block;color:var(--m)}
.framed{border:1px solid var(--field);border-radius:10px;padding:16px 20px;margin:14px 0 0}
.framed h3{font-size:20px;line-height:26px}
.acts.two{display:grid;grid-template-columns:1fr 1fr}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static;display:inline-block;padding:8px 16px}
.hp{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
footer{margin:28px 0 0;font-size:14px;line-height:20px;color:var(--m)}
@media (max-width:720px){.list,.list tbody,.list tr,.list th,.list td{display:block;width:auto}.list thead{display:none}.list tr{padding:12px 0;border-bottom:1px solid var(--rule)}.list tbody th,.list td{border:0;padding:4px 0;width:auto}.list td[data-label]::before{content:attr(data-label) ': ';color:var(--m)}.list td.end{text-align:left}.end .acts,.end .pills{justify-content:flex-start}.needs>li{grid-template-columns:1fr}.top .who{margin:0}}
@media (max-width:480px){.acts.two{grid-template-columns:1fr}.remarks>li{grid-template-columns:1fr}.panel{padding:20px 18px}dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 8px}}
@media (forced-colors:active){.opts label:has(:checked),.chip:has(:checked){outline:2px solid}}
@media print{.bar,footer{display:none}}`;

/** Of pages for staff. Customers get no word of severities, not even in a stylesheet. */
export const severityStyle = `.pill.sev1{background:var(--s1);color:var(--s1t)}.pill.sev2{background:var(--s2);color:var(--s2t)}.pill.sev3{background:var(--s3);color:var(--s3t)}`;

/** As a policy names a stylesheet that it allows. */
export function hashOf(css: string): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}

/** The hashes by which the policy of a page allows these stylesheets and no other styles. */
export const [styleHash, severityStyleHash] = [hashOf(style), hashOf(severityStyle)];
