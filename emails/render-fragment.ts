import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';
import type { Fragment } from '../core/mail/fragments.ts';

const gap = '%%gap%%';

/**
 * One fragment in its two forms, made from the same data. No text in it can be mistaken for a
 * placeholder of SES.
 */
export const renderFragment = (html: ReactNode, text: string): Fragment => ({
  html: renderToStaticMarkup(html).replaceAll('{', '&#123;'),
  text: text.replaceAll('{{', '{ {'),
});

/** The markup before and after the children of an element that is rendered without them. */
export function renderAround(around: (children: ReactNode) => ReactNode): { open: string; close: string } {
  const [open = '', close = ''] = renderToStaticMarkup(around(gap)).split(gap);
  return { open, close };
}
