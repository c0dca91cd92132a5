import type { Reply } from '../server/reply.ts';
import { Html, html } from './html.ts';
import { style } from './style.ts';

export interface Page {
  title: string;
  /** Where we are, outermost first; the last one is this page. */
  trail: readonly { label: string; href: string }[];
  body: Html;
}

/** No scripts, nothing from elsewhere, no framing by others. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export function pageReply(page: Page, status = 200): Reply {
  const crumbs = page.trail.map(
    ({ label, href }, index) =>
      html`${index === 0 ? '' : html`<span class="sep">/</span>`}<a href="${href}">${label}</a>`,
  );
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Luban playground</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<header><div class="wrap"><a class="brand" href="/">Luban <span>playground</span></a><nav>${crumbs}</nav></div></header>
<main class="wrap">
${page.body}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    },
    body: document.text,
  };
}

export function shortId(commit: string): string {
  return commit.slice(0, 10);
}

/** A date as people read it, with the exact one as a tooltip. */
export function time(iso: string): Html {
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
  return html`<time datetime="${iso}" title="${iso}">${text}</time>`;
}
