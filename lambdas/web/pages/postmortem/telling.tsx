/** @jsxImportSource hono/jsx */
import { printDayOf } from '../../../../core/calendar/print.ts';
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../../core/distribution/severity-label.ts';
import type { ListedEntry } from '../../../../core/search/search-entry.ts';
import type { Audience } from '../../../../core/stream/audience.ts';
import type { HttpAnswer } from '../../../shared/http-answer.ts';
import { page } from '../../../shared/pages/shell.tsx';
import { Banner } from '../../../shared/postmortem/banner.tsx';
import { type Body, bodyOf } from '../../../shared/postmortem/body-of.tsx';
import { Pills } from '../../../shared/postmortem/pills.tsx';
import type { WebDeps } from '../../deps.ts';
import type { ReadingFooter } from '../reading-footer.tsx';
import type { similarBelow } from '../similar-below.tsx';
import type { FeedbackPanel } from './feedback-panel.tsx';

export interface Around {
  readonly audience: Audience;
  readonly distribution: Distribution;
  /** The zone in which days and times are told. */
  readonly zone: string;
  /** The page with the others that the reader may see. */
  readonly others: { readonly href: string; readonly words: string };
  readonly footer: ReturnType<typeof ReadingFooter>;
  /** Stands between the postmortem and the way to others. */
  readonly below?: ReturnType<typeof FeedbackPanel> | null;
  /** What happened before and again. */
  readonly similar?: Awaited<ReturnType<typeof similarBelow>>;
  /** The title of the browser's tab. @default the postmortem's */
  readonly tab?: string;
}

/** A postmortem as an audience may see it now. Undefined if it may not see it. */
export async function tellingOf(
  told: ListedEntry | undefined,
  around: Around,
  deps: Pick<WebDeps, 'renditions' | 'actions' | 'now'>,
): Promise<HttpAnswer | undefined> {
  const { audience, distribution, zone } = around;
  const stored = told && (await deps.renditions(audience, told.id, told.revision));
  if (!told || !stored) return undefined;
  const now = deps.now();
  const rows = 'actionItems' in Object(stored) ? await rowsOf(told, deps) : [];
  return telling(told, bodyOf(audience, stored, distribution, now, zone, rows), around, now);
}

/** Those that know the shown revision. */
const rowsOf = async ({ id, revision }: ListedEntry, { actions }: Pick<WebDeps, 'actions'>) =>
  (await actions.list(id)).filter((row) => row.revision >= revision);

const telling = (
  told: ListedEntry,
  { facts, text }: Body,
  { audience, distribution, zone, others, footer, below, similar, tab = told.title }: Around,
  now: Date,
) =>
  page({
    title: tab,
    whose: distribution,
    wide: true,
    children: (
      <>
        <Banner audience={audience} />
        <article class="panel">
          <Pills severity={told.severity} label={labelsOf(distribution)[told.severity]} status={told.status} />
          <h1 dir="auto">{told.title}</h1>
          {told.status === 'preliminary' && <p class="m">This account is preliminary. More is still being found out.</p>}
          {told.changedAt && <p class="m">Changed on {printDayOf(told.changedAt, now, zone)}. This is the current account.</p>}
          {facts}
          {text}
        </article>
        {similar}
        {below}
        <p>
          <a href={others.href}>{others.words}</a>
        </p>
        {footer}
      </>
    ),
  });
