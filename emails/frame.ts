import { createElement } from 'react';
import type { Brand } from '../core/distribution/brand.ts';
import { escapeHtml } from '../core/mail/fill-placeholders.ts';
import type { Fragment } from '../core/mail/fragments.ts';
import { brandRules, logoHtml } from './brand.tsx';
import { Footer, footerText } from './components/footer.tsx';
import frame from './frame.mjml';
import { renderFragment } from './render-fragment.ts';
import { paragraphs, underlined, wrapped } from './text-layout.ts';

export interface Framing {
  /** Shown on the browser's tab. */
  readonly title: string;
  /** What an inbox shows after the subject. */
  readonly preheader: string;
  /** What the mail calls itself. */
  readonly organisation: string;
  readonly period: string;
}

/** What a mail calls itself: as its brand says, or else as its content does. */
export const named = <Content extends Pick<Framing, 'organisation'>>(content: Content, brand: Brand | undefined): Content =>
  brand?.name === undefined ? content : { ...content, organisation: brand.name };

/** The parts before and after the body of every mail of an edition. */
export const frameAround = (
  { mandatory, ...names }: Framing & { readonly mandatory: boolean },
  brand?: Brand,
): { head: Fragment; foot: Fragment } =>
  frameWith(names, renderFragment(createElement(Footer, { mandatory }), footerText(mandatory)), brand);

/** The MJML frame with this footer, split where the content goes. */
export function frameWith(names: Framing, footer: Fragment, brand: Brand = {}): { head: Fragment; foot: Fragment } {
  const [head = '', foot = ''] = frame
    .split('%%content%%')
    .map((part) => part.replace(/%%(title|preheader|period)%%/g, (_, name: keyof typeof names) => escapeHtml(names[name])));
  const { logo } = brand;
  const called = `${logo ? logoHtml(logo) : ''}${escapeHtml(names.organisation)}`;
  const last = lastLine(brand);
  return {
    head: {
      html: head.replace('%%organisation%%', () => called).replace('</head>', () => `${brandRules(brand)}</head>`),
      text: paragraphs(underlined(`${names.organisation}, ${names.period}`, '=')).replaceAll('{{', '{ {'),
    },
    foot: { html: foot.replace('%%footer%%', () => `${footer.html}${last.html}`), text: `${footer.text}${last.text}` },
  };
}

/** What customers get has no word of severities, not even in its stylesheet. */
export const withoutSeverities = (head: Fragment): Fragment => ({
  ...head,
  html: head.html.replace(/\.(?:(?:bar|ink)-)?sev\d[^{}]*\{[^}]*\}\s*/g, ''),
});

/** Below the links of the footer. */
function lastLine({ footer }: Brand): Fragment {
  if (footer === undefined) return { html: '', text: '' };
  return renderFragment(createElement('div', { style: { margin: '8px 0 0' } }, footer), `\n${wrapped(footer)}\n`);
}
