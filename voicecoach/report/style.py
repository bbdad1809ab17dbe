"""How the page looks. Each colour is named once for a bright page and once for a dark one; print is bright, whatever the screen is."""

STYLE = """\
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --faint: #5b636c; --line: #767e87; --tint: #eef1f4;
  --done: #1f6a46; --stop: #7a4b00; --pain: #a3201b; --other: #3f4a8a; --before: #1f5f80; --after: #a3391b;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #16191d; --ink: #e8eaed; --faint: #a9b1ba; --line: #8b939c; --tint: #23282e;
    --done: #7fd0a6; --stop: #f0bd66; --pain: #ff9f98; --other: #aab6ff; --before: #86c2df; --after: #f5a283;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.375rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1.125rem; margin: 1.5rem 0 .5rem; }
.made, figcaption { color: var(--faint); }
a { color: var(--before); }
dl { margin: 0; }
dl div { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1rem; padding: .375rem 0; border-bottom: 1px solid var(--line); }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
.key { list-style: none; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.months { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; }
.mark { display: inline-block; min-width: 1.5em; line-height: 1.3; text-align: center; }
.mark { border: 1px solid currentColor; border-radius: .25rem; }
.finished { color: var(--done); }
.stopped, .silence { color: var(--stop); }
.pain, .emergency { color: var(--pain); }
.not_cleared, .fault, .interrupted, .unknown { color: var(--other); }
.words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding-bottom: .25rem; }
th, td { padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: normal; }
thead th { font-weight: bold; }
th[scope="row"] { white-space: nowrap; }
.figure { text-align: right; }
.many { min-width: 46rem; }
.month { flex: none; }
.month caption { color: var(--ink); font-weight: bold; }
.month th, .month td { width: 2.6rem; padding: .1rem .2rem; border: 1px solid var(--line); font-size: .875rem; }
.month td { position: relative; height: 2.9rem; }
.month thead th { text-align: center; }
.month td { color: var(--faint); overflow: hidden; }
.month .trained { color: var(--ink); background: var(--tint); }
.wide { overflow-x: auto; position: relative; }
figure { margin: .5rem 0; }
svg { display: block; width: 100%; min-width: 34rem; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.axis { stroke: var(--line); stroke-width: 1; }
.done { fill: var(--before); }
.planned { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
.before { stroke: var(--before); stroke-width: 2; }
.after { stroke: var(--after); stroke-width: 2; stroke-dasharray: 6 4; }
.dot-before { fill: var(--before); }
.dot-after { fill: var(--after); }
details { border-bottom: 1px solid var(--line); }
summary { padding: .625rem 0; cursor: pointer; }
.moments { list-style: none; margin: 0 0 1rem; padding: 0 0 0 3.5rem; }
.moments li { color: var(--ink); overflow-wrap: anywhere; white-space: pre-wrap; tab-size: 3.5rem; text-indent: -3.5rem; }
.moments .part { font-weight: bold; margin-top: .5rem; }
.moments .fault::before { content: "! "; font-weight: bold; }
:focus-visible { outline: 3px solid var(--before); outline-offset: 2px; }
@media (max-width: 30rem) {
  dl div { grid-template-columns: 1fr; }
  .months { justify-content: center; }
  th[scope="row"] { white-space: normal; }
}
@page { size: A4; margin: 15mm; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3, figcaption, caption { break-after: avoid; }
  tr, li, figure, dl div, .month { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  svg, .many { min-width: 0; }
  .many { font-size: 8.5pt; }
  th, td { padding-right: .5rem; }
  th[scope="row"] { white-space: normal; }
  .person + .person { break-before: page; }
  details:not([open]) { display: none; }
}"""
