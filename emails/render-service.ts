import { createElement } from 'react';
import type { Brand } from '../core/distribution/brand.ts';
import { isReviewKind, type NoticeKind } from '../core/edition/service-mail.ts';
import type { EditionFragments } from '../core/mail/fragments.ts';
import { shortForms } from './blocks.ts';
import { withAccent } from './brand.tsx';
import { Notice, noticeText, ServiceFooter, serviceFooterText } from './components/notice.tsx';
import { frameWith, named, withoutSeverities } from './frame.ts';
import { renderFragment } from './render-fragment.ts';
import type { ServiceWords } from './said-in-service.ts';
import { type ServiceFacts, serviceWords } from './service-words.ts';

/**
 * A service mail, in the frame of every mail. The placeholder `action` is where its button leads:
 * the page of its kind, with the reader's own token.
 */
export function renderService(kind: NoticeKind, facts: ServiceFacts, brand?: Brand): EditionFragments {
  const words = serviceWords(kind, { ...facts, brand: brand?.name });
  const { organisation, stream: period = periodOf(kind) } = named(facts, brand);
  const footer = renderFragment(createElement(ServiceFooter, words), serviceFooterText(words));
  const { head, foot } = frameWith({ title: words.subject, preheader: words.preheader, organisation, period }, footer, brand);
  const fragments: EditionFragments = {
    subject: words.subject,
    head: facts.realm === 'customers' ? withoutSeverities(head) : head,
    foot,
    blocks: [{ kind: 'fixed', fragment: notice(words), ...naming(kind, facts, brand) }],
    ...shortForms(),
  };
  return withAccent(fragments, brand);
}

/** What stands over a mail that is about no stream. */
function periodOf(kind: NoticeKind): string {
  if (isReviewKind(kind)) return 'Notices to customers';
  if (kind === 'drift') return 'Drift';
  if (kind === 'held') return 'Held incidents';
  return kind === 'receipt' ? 'Receipt' : 'Your link';
}

const notice = (words: ServiceWords) => renderFragment(createElement(Notice, words), noticeText(words));

/** What a receipt says once the postmortem that it names is withheld. */
function naming(kind: NoticeKind, { receipt, ...facts }: ServiceFacts, brand?: Brand) {
  if (receipt?.title === undefined) return {};
  const words = serviceWords(kind, { ...facts, receipt: { ...receipt, title: undefined }, brand: brand?.name });
  return { names: { postmortems: [receipt.postmortem], instead: notice(words) } };
}
