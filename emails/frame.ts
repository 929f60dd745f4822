import { createElement } from 'react';
import { escapeHtml } from '../core/mail/fill-placeholders.ts';
import type { Fragment } from '../core/mail/fragments.ts';
import { Footer, footerText } from './components/footer.tsx';
import frame from './frame.mjml';
import { renderFragment } from './render-fragment.ts';
import { paragraphs, underlined } from './text-layout.ts';

export interface Framing {
  /** Shown on the browser's tab. */
  readonly title: string;
  /** What an inbox shows after the subject. */
  readonly preheader: string;
  readonly organisation: string;
  readonly period: string;
}

/** The parts before and after the body of every mail of an edition. */
export const frameAround = ({ mandatory, ...names }: Framing & { readonly mandatory: boolean }): { head: Fragment; foot: Fragment } =>
  frameWith(names, renderFragment(createElement(Footer, { mandatory }), footerText(mandatory)));

/** The MJML frame with this footer, split where the content goes. */
export function frameWith(names: Framing, footer: Fragment): { head: Fragment; foot: Fragment } {
  const [head = '', foot = ''] = frame
    .split('%%content%%')
    .map((part) => part.replace(/%%(title|preheader|organisation|period)%%/g, (_, name: keyof typeof names) => escapeHtml(names[name])));
  return {
    head: { html: head, text: paragraphs(underlined(`${names.organisation}, ${names.period}`, '=')).replaceAll('{{', '{ {') },
    foot: { html: foot.replace('%%footer%%', () => footer.html), text: footer.text },
  };
}
