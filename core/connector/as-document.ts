import type { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { withoutEmbeddedPictures } from '../postmortem/reading/embedded-pictures.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import type { Instant } from '../shared/instant.ts';
import type { InboundIncident } from './inbound-incident.ts';
import type { SentAction } from './join-actions.ts';
import type { Looked } from './ports.ts';
import { sourceLabels } from './source.ts';

/** Texts with placeholders that the vendor would have filled: `{{ incident.title }}`. */
const liquid = /\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}/g;

export interface Stated {
  readonly id: PostmortemId;
  readonly severity: Severity;
  readonly isDraft: boolean;
  /** When it was published, for one that is no news any more. */
  readonly finishedAt?: Instant | undefined;
}

/**
 * What the vendor says, as a document that intake reads like any other: fields, and the text as
 * Markdown or HTML, without the bytes of pictures in it. `actions`: all of the postmortem, because
 * intake reads those of a text only where a document has none beside it. A draft has no text,
 * because nobody finished it. The text can still restrict the postmortem, as that of a producer
 * can.
 */
export function asDocument(
  { source, facts }: Pick<InboundIncident, 'facts' | 'source'>,
  { body = '', services, times, actions }: Omit<Looked, 'actions'> & { readonly actions: readonly SentAction[] },
  { id, severity, isDraft, finishedAt }: Stated,
): SentDocument {
  const text = isDraft ? '' : withoutEmbeddedPictures(body);
  const link = facts.permalink && { links: [{ title: `The incident in ${sourceLabels[source]}`, url: facts.permalink.value }] };
  const whole = {
    id,
    title: facts.title?.value,
    severity,
    status: isDraft ? 'draft' : 'published',
    restricted: false,
    services,
    ...times,
    ...link,
    publishedAt: finishedAt,
    ...(!isDraft && actions.length > 0 && { actionItems: actions }),
    ...(text !== '' && { markdown: text.replace(liquid, '') }),
  };
  return { type: 'application/json', text: JSON.stringify(whole) };
}
