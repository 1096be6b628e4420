/** The one stylesheet. Light and dark follow the system. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #f7f8f8; --surface: #ffffff; --sunken: #f1f3f4; --text: #1b2125;
  --muted: #59646c; --border: #dde1e4; --accent: #0b6b70; --accent-text: #ffffff;
  --ok: #1a7045; --ok-bg: #e3f4ea; --bad: #a8322d; --bad-bg: #fbe9e7;
  --wait: #7d5800; --wait-bg: #fbf0d5; --add: #dcf5e4; --del: #fde4e1;
  --add-line: #c3ebd0; --del-line: #f9cdc8;
  --c-key: #a0306b; --c-str: #1f6b3a; --c-num: #8a4b00; --c-com: #5c666e;
  --c-fn: #2754a8; --c-attr: #6a4bb0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #101416; --surface: #171c1f; --sunken: #1e2427; --text: #e4e8ea;
    --muted: #9aa6ad; --border: #2c3439; --accent: #5fc4c0; --accent-text: #072224;
    --ok: #72d39b; --ok-bg: #15301f; --bad: #f2968f; --bad-bg: #3a1d1b;
    --wait: #e6bb60; --wait-bg: #33290f; --add: #14301f; --del: #3a1e1d;
    --add-line: #1c4a2e; --del-line: #562725;
    --c-key: #ef8fc0; --c-str: #8fd3a3; --c-num: #e8b27a; --c-com: #8a959c;
    --c-fn: #8fb7f5; --c-attr: #bda6f2;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--bg); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
a { color: var(--accent); text-decoration: none; }
a:hover, .muted a, .small a, .side a, p a, dd a { text-decoration: underline; text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--surface); padding: 8px 12px; z-index: 2; }
code, pre, .mono, textarea { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 13px; }
h1, h2, h3 { line-height: 1.25; margin: 0; }
h1 { font-size: 22px; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 17px; font-weight: 650; }
h3 { font-size: 15px; font-weight: 650; }
p { margin: 0 0 12px; }
:where(ul.plain) { list-style: none; margin: 0; padding: 0; }
.muted { color: var(--muted); }
.small { font-size: 13px; }
.wrap { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header.top { background: var(--surface); border-bottom: 1px solid var(--border); }
header.top .wrap { display: flex; align-items: center; gap: 10px 20px; min-height: 52px; flex-wrap: wrap; padding-top: 8px; padding-bottom: 8px; }
.crumbs { display: flex; align-items: center; gap: 6px; flex-wrap: wrap; font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.crumbs svg { color: var(--accent); flex: none; display: block; }
.crumbs .sep { color: var(--muted); font-weight: 400; }
header.top .portal { margin-left: auto; font-size: 14px; }
nav.tabs { background: var(--surface); border-bottom: 1px solid var(--border); }
nav.tabs ul { display: flex; gap: 4px; overflow-x: auto; list-style: none; margin: 0 auto; }
nav.tabs a { display: block; padding: 10px 12px; color: var(--muted); border-bottom: 2px solid transparent; white-space: nowrap; font-size: 14px; }
nav.tabs a:hover { color: var(--text); text-decoration: none; }
nav.tabs a[aria-current] { color: var(--text); border-color: var(--accent); font-weight: 600; }
.count { background: var(--sunken); border-radius: 10px; padding: 1px 7px; font-size: 12px; font-weight: 500; color: var(--muted); }
main { padding: 24px 0 56px; display: block; }
.stack > * + * { margin-top: 20px; }
.row { display: flex; align-items: center; gap: 8px 14px; flex-wrap: wrap; }
.row .end { margin-left: auto; }
.card { background: var(--surface); border: 1px solid var(--border); border-radius: 8px; overflow: hidden; }
.card > .head { padding: 10px 16px; border-bottom: 1px solid var(--border); background: var(--sunken); display: flex; gap: 6px 12px; align-items: center; flex-wrap: wrap; min-width: 0; font-size: 14px; }
.card > .head .end { margin-left: auto; white-space: nowrap; }
.card > .body { padding: 16px; }
.body > p:last-child { margin-bottom: 0; }
h1 + p.row { margin-top: 6px; margin-bottom: 0; }
.list { overflow: hidden; }
.list > li { padding: 12px 16px; border-top: 1px solid var(--border); overflow-wrap: anywhere; }
.list > li:first-child { border-top: 0; }
.list .title { font-weight: 600; }
.tag { display: inline-block; border: 1px solid var(--border); border-radius: 10px; padding: 0 8px; font-size: 12px; color: var(--muted); white-space: nowrap; }
.topic { background: var(--sunken); border-color: transparent; }
.state { display: inline-block; border-radius: 10px; padding: 1px 9px; font-size: 12.5px; font-weight: 600; white-space: nowrap; background: var(--sunken); color: var(--muted); }
.state.ok { background: var(--ok-bg); color: var(--ok); }
.state.bad { background: var(--bad-bg); color: var(--bad); }
.state.wait { background: var(--wait-bg); color: var(--wait); }
.note { border: 1px solid var(--border); border-left: 3px solid var(--wait); background: var(--surface); border-radius: 6px; padding: 10px 14px; }
.note.bad { border-left-color: var(--bad); }
.note.ok { border-left-color: var(--ok); }
.note p:last-child, .note ul { margin-bottom: 0; }
.checks > li { margin-top: 12px; overflow-wrap: anywhere; }
.checks form { margin-top: 8px; }
summary { cursor: pointer; width: fit-content; }
.files { width: 100%; border-collapse: collapse; font-size: 14px; }
.files td { padding: 7px 16px; border-top: 1px solid var(--border); vertical-align: top; }
.files tr:first-child td { border-top: 0; }
.files td.name { width: 34%; overflow-wrap: anywhere; }
.files td.msg { color: var(--muted); overflow-wrap: anywhere; }
.files td.when { color: var(--muted); white-space: nowrap; text-align: right; }
.files .icon { display: inline-block; width: 18px; color: var(--muted); vertical-align: -2px; }
.files .folder .icon { color: var(--accent); }
.table { width: 100%; min-width: 620px; border-collapse: collapse; font-size: 14px; }
.table th, .table td { padding: 8px 16px; text-align: left; border-top: 1px solid var(--border); vertical-align: top; }
.table thead th { border-top: 0; color: var(--muted); font-weight: 500; font-size: 13px; background: var(--sunken); }
.scroll { overflow-x: auto; }
.clone { display: flex; align-items: center; gap: 8px; min-width: 0; }
.clone input { flex: 1; }
input, select, textarea, button { font: inherit; color: inherit; }
input[type=text], input[type=search], select, textarea { background: var(--surface); border: 1px solid var(--border); border-radius: 6px; padding: 6px 10px; min-width: 0; max-width: 100%; }
textarea { width: 100%; min-height: 60vh; resize: vertical; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 2; white-space: pre; overflow: auto; }
textarea.short { min-height: 90px; white-space: pre-wrap; }
.field { display: block; margin-bottom: 14px; }
.field > span, .field > .label { display: block; font-weight: 600; font-size: 14px; margin-bottom: 4px; }
.field input[type=text] { width: 100%; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend.label { padding: 0; font-weight: 600; font-size: 14px; }
.choice { display: block; padding: 3px 0; }
.button, button { display: inline-block; background: var(--surface); border: 1px solid var(--border); border-radius: 6px; padding: 6px 14px; font-size: 14px; font-weight: 550; cursor: pointer; color: var(--text); }
.button:hover, button:hover { background: var(--sunken); text-decoration: none; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
button.primary:hover { filter: brightness(1.08); }
button[disabled] { opacity: .55; cursor: not-allowed; }
.split { display: grid; grid-template-columns: minmax(0, 1fr) 260px; gap: 28px; align-items: start; }
.side h2 { font-size: 14px; margin-bottom: 6px; }
.side section + section { border-top: 1px solid var(--border); margin-top: 16px; padding-top: 16px; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 0; font-size: 14px; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.code { overflow-x: auto; }
.code table { border-collapse: collapse; width: 100%; }
.code td { padding: 0 12px; vertical-align: top; font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 4; }
.code .src { white-space: pre; tab-size: 4; }
.code td.no { width: 1%; min-width: 44px; text-align: right; color: var(--muted); user-select: none; padding: 0 10px; }
.code td.no a { color: inherit; }
.code tr:target td { background: var(--wait-bg); }
.code tr:first-child td { padding-top: 8px; }
.code tr:last-child td { padding-bottom: 8px; }
.diff tr.add td { background: var(--add); } .diff tr.add td.no { background: var(--add-line); }
.diff tr.del td { background: var(--del); } .diff tr.del td.no { background: var(--del-line); }
.diff tr.hunk td { background: var(--sunken); color: var(--muted); padding-top: 3px; padding-bottom: 3px; }
.diff tr.add td.no, .diff tr.del td.no { color: var(--text); }
.diff td.sign { padding: 0 0 0 12px; width: 1%; user-select: none; }
.plus { color: var(--ok); } .minus { color: var(--bad); }
pre.text { margin: 0; padding: 12px 16px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.prose { overflow-wrap: anywhere; }
.prose > :first-child { margin-top: 0; } .prose > :last-child { margin-bottom: 0; }
.prose h1, .prose h2, .prose h3, .prose h4 { margin: 24px 0 10px; }
.prose h1 { font-size: 25px; } .prose h2 { font-size: 19px; }
.prose h1, .prose h2 { padding-bottom: 6px; border-bottom: 1px solid var(--border); }
.prose p, .prose ul, .prose ol, .prose table, .prose blockquote, .prose pre { margin: 0 0 14px; }
.prose ul, .prose ol { padding-left: 24px; }
.prose pre { background: var(--sunken); border-radius: 6px; padding: 12px 14px; overflow-x: auto; }
.prose :not(pre) > code { background: var(--sunken); border-radius: 4px; padding: 2px 5px; }
.prose blockquote { border-left: 3px solid var(--border); padding-left: 14px; margin-left: 0; color: var(--muted); }
.prose table { border-collapse: collapse; display: block; overflow-x: auto; }
.prose th, .prose td { border: 1px solid var(--border); padding: 5px 10px; }
.prose img { max-width: 100%; }
.prose a { text-decoration: underline; text-underline-offset: 2px; }
.hljs-keyword, .hljs-selector-tag, .hljs-literal, .hljs-doctag, .hljs-type { color: var(--c-key); }
.hljs-string, .hljs-regexp, .hljs-addition, .hljs-char { color: var(--c-str); }
.hljs-number, .hljs-symbol, .hljs-bullet, .hljs-variable, .hljs-template-variable { color: var(--c-num); }
.hljs-comment, .hljs-quote, .hljs-meta { color: var(--c-com); }
.hljs-title, .hljs-section, .hljs-name, .hljs-selector-id { color: var(--c-fn); }
.hljs-attr, .hljs-attribute, .hljs-property, .hljs-built_in, .hljs-params .hljs-attr { color: var(--c-attr); }
.hljs-deletion { color: var(--bad); }
footer { border-top: 1px solid var(--border); color: var(--muted); font-size: 13px; padding: 16px 0 32px; }
@media (max-width: 760px) {
  .wrap { padding: 0 14px; }
  .split { grid-template-columns: minmax(0, 1fr); gap: 20px; }
  .files td { padding: 7px 12px; }
  .files td.msg { display: none; }
  .files td.name { width: auto; }
  header.top .portal { margin-left: 0; }
  .clone { flex: 1 1 100%; }
  h1 { font-size: 20px; }
}
@media print { header.top .portal, nav.tabs, form { display: none; } }
`;
