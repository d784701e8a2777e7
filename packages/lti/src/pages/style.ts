/**
 * The look of the few pages that stand outside the web app, in the tokens of the house theme. In a frame the page is
 * light whatever the system says, because the LMS around it is.
 */
export const STYLE = `
:root{color-scheme:light;--page:#fff;--sunken:#f6f4f0;--line:#dfdbd3;--edge:transparent;--ink:#24211d;--ink-2:#5a554d;
--brand:#0e5a63;--brand-hover:#0a484f;--on-brand:#fff;--soft:#e4f0f0;--link:#0c5660;--now-soft:#fdf3dc;--now-line:#a87417;
--ok:#1f6a3c;--focus:#1558c0}
@media (prefers-color-scheme:dark){:root:not(.framed){color-scheme:dark;--page:#1b1a18;--sunken:#141312;--line:#3d3a35;
--ink:#f1eee8;--ink-2:#bfb9ad;--brand:#86cdd3;--brand-hover:#a3dbe0;--on-brand:#0b2529;--soft:#1d3336;--link:#92d4da;
--now-soft:#352a14;--now-line:#d69a2a;--ok:#8bd3a2;--focus:#a8ccff}}
@media (prefers-contrast:more){:root{--ink-2:var(--ink);--line:currentColor;--edge:currentColor}}
*{box-sizing:border-box;margin:0}
[hidden]{display:none!important}
body{background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header{display:flex;align-items:center;gap:.75rem;padding:.75rem 1.5rem;border-block-end:1px solid var(--line)}
header svg{inline-size:2rem;block-size:2rem}
.seat{fill:var(--brand)}.open{fill:var(--now-soft);stroke:var(--now-line)}.table{fill:var(--sunken)}
main{display:grid;grid-template-columns:minmax(0,38rem) 13rem;gap:1.5rem 3rem;justify-content:center;align-items:start;
padding:3rem 1.5rem}
main>svg{inline-size:13rem;margin-block-start:.5rem}
h1{font-size:1.5rem;line-height:1.25;margin-block-end:.75rem}
.lede{font-size:1.125rem;line-height:1.55}
.kept{display:grid;grid-template-columns:auto 1fr;gap:.5rem;margin-block-start:1rem}
.kept svg{inline-size:1.25rem;block-size:1.25rem;margin-block-start:.125rem;stroke:var(--ok);fill:none;stroke-width:2}
.acts{display:flex;flex-wrap:wrap;gap:.75rem;margin-block:1.5rem}
.btn{display:inline-flex;align-items:center;justify-content:center;min-block-size:2.5rem;padding:.5rem 1rem;border-radius:.5rem;
border:1px solid var(--edge);background:var(--brand);color:var(--on-brand);font:inherit;font-weight:600;text-decoration:none;
cursor:pointer}
.btn:hover{background:var(--brand-hover)}
.quiet{background:var(--soft);color:var(--link);min-block-size:2rem;padding:.25rem .75rem;font-size:.875rem}
.quiet:hover{background:var(--soft);text-decoration:underline}
.again{padding:1rem 1.5rem;margin-block-start:1.5rem;background:var(--sunken);border:1px solid var(--edge);border-radius:.75rem}
.again h2{font-size:1.125rem;margin-block-end:.5rem}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1.5rem;margin-block:.75rem 1rem}
dt{color:var(--ink-2)}dd{font-weight:600;overflow-wrap:anywhere}
code,.ref{font-family:ui-monospace,"SF Mono","Cascadia Mono","Roboto Mono",monospace}
.ref{font-size:1.25rem;letter-spacing:.04em}
details{margin-block-start:1rem}summary{cursor:pointer}details ul{padding-inline-start:1.25rem;margin-block-start:.5rem}
li+li{margin-block-start:.25rem}
a{color:var(--link)}a.btn{color:var(--on-brand)}
:focus-visible{outline:.125rem solid var(--focus);outline-offset:.125rem}
[role=status]{font-size:.875rem;margin-inline-start:.75rem}
@media (max-width:52rem){main{grid-template-columns:minmax(0,1fr);padding:1.5rem 1rem}main>svg{display:none}}
@media (max-width:30rem){.acts .btn{inline-size:100%}dl{grid-template-columns:minmax(0,1fr)}dd{margin-block-end:.5rem}}
`
