/** @jsxImportSource hono/jsx */
import { sentMail } from '../../../core/delivery/sent-mail.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { mailPage } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { readerOf } from '../reader.ts';
import { recordView } from '../record-view.ts';
import { mailNotShown, notFound } from '../refusals.ts';

/** Shows a mail in the browser as its reader got it, without what is withheld now. */
export const viewPage = (deps: WebDeps): PageRoute => ({
  path: '/view/{token}',
  async get(request) {
    const reader = await readerOf(request.params.token, deps);
    const distribution = reader && (await deps.distribution());
    if (!reader || !distribution) return notFound(deps);
    await recordView(reader, request, { page: 'view' }, deps, distribution);
    const settings = { publicUrl: deps.publicUrl, sender: distribution.senders.internal, keys: await deps.tokenKeys() };
    const mail = await sentMail(reader.edition, reader.holder.profile, settings, deps.sent);
    if (mail === 'withheld') return mailNotShown(distribution);
    return mail === undefined ? notFound(deps) : mailPage(withoutKeys(mail.html, deps.publicUrl), distribution.brand);
  },
});

/**
 * Readers pass this page's address on to colleagues. Links for settings and for unsubscribing are
 * for the reader alone, so they are replaced by the page where anyone can ask for their own link.
 */
const withoutKeys = (html: string, publicUrl: string): string =>
  html.replace(/(["'])https?:\/\/[^"'\s<>]*\/[puca]\/v1\.[^"'\s<>]*\1/g, `"${publicUrl}/new-link"`);
