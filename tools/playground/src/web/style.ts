/** The one style sheet, light and dark by the reader's system. */
export const style = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6878;--line:#dde3ea;--paper:#fff;--ground:#f5f7f9;--link:#0b62c4;
--green:#1a7f45;--green-soft:#e6f5ec;--red:#b42330;--red-soft:#fcebec;--violet:#7440c2;--violet-soft:#f1eafb;--amber:#96610a;--amber-soft:#fbf2dd}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#98a5b5;--line:#2e3742;--paper:#171c22;--ground:#101419;--link:#74b3ff;
--green:#5fd08f;--green-soft:#12301f;--red:#ff8d95;--red-soft:#3a171b;--violet:#c3a1f7;--violet-soft:#2a1d42;--amber:#ecc06c;--amber-soft:#33270e}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.wrap{max-width:1060px;margin:0 auto;padding:0 20px}
header{background:var(--paper);border-bottom:1px solid var(--line);margin-bottom:26px}
header .wrap{display:flex;gap:22px;align-items:center;min-height:56px;flex-wrap:wrap}
.brand{font-weight:700;font-size:17px;color:var(--ink)}.brand span{font-weight:400;color:var(--soft)}
nav{font-size:15px}.sep{color:var(--soft);margin:0 7px}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
main{padding-bottom:60px}
h1{font-size:23px;line-height:1.3;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:16px;margin:30px 0 10px}
.soft{color:var(--soft)}.lead{margin:0 0 18px}
code,pre,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:9px;overflow:hidden}
.row{display:flex;gap:14px;align-items:baseline;padding:11px 16px;border-top:1px solid var(--line)}
.row:first-child{border-top:0}.row .grow{flex:1;min-width:0;overflow-wrap:anywhere}
.row .end{white-space:nowrap;color:var(--soft);font-size:13.5px}
.title{font-weight:600}
.badge{display:inline-block;padding:1px 9px;border-radius:20px;font-size:12.5px;font-weight:600;border:1px solid currentcolor;white-space:nowrap}
.open,.success{color:var(--green);background:var(--green-soft)}.merged{color:var(--violet);background:var(--violet-soft)}
.closed,.failure,.error{color:var(--red);background:var(--red-soft)}.pending,.warning{color:var(--amber);background:var(--amber-soft)}
.plain{color:var(--soft)}
.clone{display:block;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:9px 14px;overflow-x:auto;margin:0}
.prose{white-space:pre-wrap;overflow-wrap:anywhere;padding:14px 16px;margin:0;font:inherit}
details.file{margin-top:14px}
details.file summary{padding:9px 16px;cursor:pointer;border-bottom:1px solid var(--line);font-weight:600;overflow-wrap:anywhere}
.diff{overflow-x:auto;padding:6px 0}
.diff span{display:block;padding:0 16px;white-space:pre;min-width:max-content;line-height:1.5}
.diff .add{background:var(--green-soft);color:var(--green)}.diff .del{background:var(--red-soft);color:var(--red)}.diff .at{color:var(--violet)}
button{font:inherit;font-weight:600;color:#fff;background:#1a7f45;border:0;border-radius:7px;padding:8px 18px;cursor:pointer}
button:hover{background:#15693a}
.action{display:flex;gap:16px;align-items:center;padding:14px 16px}
.empty{padding:26px 16px;color:var(--soft);text-align:center}
`;
