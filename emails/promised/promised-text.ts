import type { PromisedContent } from '../../core/content/promised-content.ts';
import { readUrl } from '../card/read-link.tsx';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';

export const promisedText = ({ heading, intro, actions, more, kept }: PromisedContent): string =>
  paragraphs(
    underlined(heading, '-'),
    wrapped(intro),
    ...actions.map(({ title, meta, age, postmortem }) => `${wrapped(`* ${age}: ${title}`)}\n${indented(meta)}\n  ${readUrl(postmortem)}`),
    more,
    kept && wrapped(kept.intro),
    ...(kept?.actions ?? []).map(
      ({ title, meta, postmortem }) => `${wrapped(`* kept: ${title}`)}\n${indented(meta)}\n  ${readUrl(postmortem)}`,
    ),
    kept?.more,
  );
