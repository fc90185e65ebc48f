/** The page's style; light and dark as the reader's system is, contrasts of at least 4.5 to 1. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c2024;--soft:#596068;--line:#d5d9de;--panel:#f5f7f9;--red:#b3261e;--red-soft:#fdeceb;--green:#166534;--green-soft:#e8f5ec;--amber:#8a4b00;--amber-soft:#fdf1dc;--link:#0b57d0}
@media (prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e6e9ec;--soft:#a3abb3;--line:#3a4148;--panel:#1e2327;--red:#ff9d94;--red-soft:#43201e;--green:#7fd79b;--green-soft:#17331f;--amber:#f5c26b;--amber-soft:#3d2e12;--link:#9cc2ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.9rem;line-height:1.2}h2{margin:2.5rem 0 .75rem;font-size:1.35rem}h3{margin:0;font-size:1.1rem}h4{margin:0;font-size:1rem}h5{margin:1rem 0 .25rem;font-size:.85rem;color:var(--soft)}
a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
.eyebrow,.version,.place,.grade,.count,caption{color:var(--soft)}.eyebrow{margin:0}.version{font-weight:400}.place,.grade{font-size:.85rem;font-weight:400}
.outcome{margin:1rem 0;padding:.75rem 1rem;border-radius:.5rem;border-left:.4rem solid;font-size:1.1rem;font-weight:600}
.outcome.failed,.badge.failed,td.failed{background:var(--red-soft);color:var(--red)}.outcome.passed,td.passed{background:var(--green-soft);color:var(--green)}.badge.noted,td.noted{background:var(--amber-soft);color:var(--amber)}
.badge{padding:.1rem .5rem;border-radius:1rem;font-size:.85rem}
.facts{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0}.facts dt,.evidence dt{color:var(--soft);font-size:.85rem}.facts dd{margin:0;overflow-wrap:anywhere}
.rule{margin:1rem 0;padding:1rem;border:1px solid var(--line);border-radius:.5rem}.rule>p{margin:.4rem 0}.advice{color:var(--ink)}
.defect{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--line)}
.evidence{margin:.5rem 0}.evidence div{display:grid;grid-template-columns:6rem 1fr}.evidence dd{margin:0;overflow-wrap:anywhere}
details{margin:.35rem 0}summary{cursor:pointer;padding:.2rem 0}.failure[open]{padding:0 .75rem .75rem;border-left:3px solid var(--line)}.operation{font-weight:600}
pre{margin:0;padding:.75rem;background:var(--panel);border:1px solid var(--line);border-radius:.35rem;overflow:auto;max-height:24rem;white-space:pre-wrap;overflow-wrap:anywhere}code,pre{font:.85rem/1.45 ui-monospace,monospace}
button{font:inherit;padding:.3rem .8rem;border:1px solid var(--line);border-radius:.35rem;background:var(--panel);color:inherit;cursor:pointer}
.scroll{overflow:auto;max-height:85vh;border:1px solid var(--line);border-radius:.5rem}
.matrix{border-collapse:separate;border-spacing:0;font-size:.85rem}.matrix caption{text-align:left;padding:.5rem .75rem}
.matrix th,.matrix td{padding:.3rem .6rem;border-top:1px solid var(--line);text-align:center;white-space:nowrap}.matrix tbody th{position:sticky;left:0;background:var(--paper);text-align:left}
.matrix thead th{position:sticky;top:0;background:var(--paper);vertical-align:bottom;z-index:1}.matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg);font-weight:600}
td.none{color:var(--soft)}td a{color:inherit;font-weight:600}
.kind{margin:.35rem 0}.share{display:inline-block;min-width:7rem;font-variant-numeric:tabular-nums}.never{columns:24rem;font-size:.9rem}li{overflow-wrap:anywhere}
@media print{.scroll{max-height:none}.skip,.tools{display:none}}
`;
