/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { printMoment } from '../../core/calendar/print.ts';
import { type EditionState, isUnderWay } from '../../core/edition/edition-state.ts';
import type { HeldLane, ListedEdition } from '../../core/operator/api.ts';
import { zoneFor as zoneOf } from '../../core/subscriber/own-zone.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { SignedIn } from '../shared/pages/current-session.ts';
import type { Visit } from './guard.ts';
import { type HomePageContent, homePage, Proof } from './shell.tsx';
import { counted, grouped, heldBack, kindOf, laneName, toldCounts } from './words.ts';

/** The path of one edition, or of something that can be done with it. */
export const editionPath = (edition: string, more = ''): string => `/home/editions/${encodeURIComponent(edition)}${more}`;

/** The zone in which this visitor reads times. */
export const zoneFor = ({ signed, distribution }: Pick<Visit, 'signed' | 'distribution'>): string => zoneOf(signed.profile, distribution);

/** `Monday 23 November at 09:00, Berlin time`. */
export const When = ({ at, visit }: { readonly at: string; readonly visit: Pick<Visit, 'signed' | 'distribution' | 'now'> }) => (
  <time datetime={at}>{printMoment(at, visit.now, zoneFor(visit))}</time>
);

const states: Readonly<Record<EditionState, { readonly words: string; readonly look: string }>> = {
  sending: { words: 'Sending', look: 'sev3' },
  waiting: { words: 'Waiting', look: 'sev3' },
  complete: { words: 'Complete', look: 'ok' },
  paused: { words: 'Paused', look: 'sev2' },
  recalled: { words: 'Recalled', look: 'sev1' },
  superseded: { words: 'Superseded', look: '' },
};

interface StateProps {
  readonly listed: ListedEdition;
  readonly held: readonly HeldLane[];
  readonly visit: Visit;
}

/** How an edition stands. Behind a lane that is held, it waits. */
export const State = ({ listed, held, visit }: StateProps) => {
  const lane = heldBack(listed, held);
  const unconfirmed = listed.state === 'complete' ? (listed.counts.unconfirmed ?? 0) : 0;
  if (unconfirmed > 0) return <span class="pill sev2">Complete, {grouped(unconfirmed)} unconfirmed</span>;
  if (!lane) return <StandingAlone listed={listed} visit={visit} />;
  const since = lane.paused?.at ?? lane.stopped?.since;
  return (
    <>
      <span class="pill sev2">Waits</span>
      <small class="m block">
        The lane {laneName(lane.lane)} is {lane.paused ? 'paused' : 'stopped'}
        {since && (
          <>
            {' '}
            since <When at={since} visit={visit} />
          </>
        )}
        . <a href="/home/lanes">To the lanes</a>
      </small>
    </>
  );
};

const StandingAlone = ({ listed: { state, ahead, supersededBy }, visit }: Omit<StateProps, 'held'>) => (
  <>
    <span class={`pill ${states[state].look}`}>{states[state].words}</span>
    {ahead && (
      <small class="m block">
        {ahead.waves === 1 ? 'One wave' : `${ahead.waves} waves`} to come, the next <When at={ahead.next} visit={visit} />
      </small>
    )}
    {supersededBy !== undefined && (
      <small class="block">
        by <a href={editionPath(supersededBy)}>a later mail</a>
      </small>
    )}
  </>
);

/**
 * What became of the mails, as a bar and in words. Nobody counts the readers of an edition before
 * it is over, so that the bar of one under way shows those who have an outcome.
 */
export function Outcomes({ listed }: { readonly listed: Pick<ListedEdition, 'counts' | 'edition' | 'state'> }) {
  const { all, accepted, shares, rest } = toldCounts(listed);
  let from = 0;
  return (
    <>
      <svg class="shares" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="none" width="100" height="6" />
        {shares.map(({ share, count }) => {
          const [x, width] = [from, (100 * count) / all];
          from += width;
          return <rect class={share} x={x.toFixed(2)} width={width.toFixed(2)} height="6" />;
        })}
      </svg>
      {isUnderWay(listed) ? `${grouped(accepted)} accepted so far` : `${grouped(accepted)} of ${grouped(all)} accepted`}
      {rest.length > 0 && <small class="m block">{rest.map(({ outcome, count }) => `${grouped(count)} ${outcome}`).join(' · ')}</small>}
    </>
  );
}

/** What can be done with an edition now. Whatever is over has no brakes. */
export const Brakes = ({ listed: { edition, state, counts }, visit }: { readonly listed: ListedEdition; readonly visit: Visit }) => (
  <div class="acts">
    {(state === 'sending' || state === 'waiting') && (
      <Press action={editionPath(edition, '/pause')} signed={visit.signed} of={edition}>
        Pause
      </Press>
    )}
    {state === 'paused' && (
      <Press action={editionPath(edition, '/resume')} signed={visit.signed} of={edition}>
        Resume
      </Press>
    )}
    {(state === 'sending' || state === 'waiting' || state === 'paused') && (
      <a class="button soft danger" href={editionPath(edition, '/recall')}>
        Recall
        <Of what={edition} />
      </a>
    )}
    {(counts.unconfirmed ?? 0) > 0 && state !== 'recalled' && state !== 'superseded' && (
      <a class="button soft" href={editionPath(edition, '/resend')}>
        Resend
        <Of what={edition} />
      </a>
    )}
  </div>
);

/** Tells the buttons of a list apart for those who hear them. */
export const Of = ({ what }: { readonly what: string }) => <span class="unseen"> {what}</span>;

interface PressProps {
  readonly action: string;
  readonly signed: SignedIn;
  /** What it is done to, where several forms of a page are alike. */
  readonly of?: string;
  readonly children: Child;
}

/** A form that is one button, for an act that is easily undone. */
export const Press = ({ action, signed, of, children }: PressProps) => (
  <form method="post" action={action}>
    <Proof signed={signed} />
    <button class="soft" type="submit">
      {children}
      {of && <Of what={of} />}
    </button>
  </form>
);

interface TableProps extends Pick<StateProps, 'held' | 'visit'> {
  readonly editions: readonly ListedEdition[];
  readonly caption: string;
}

/** A list of editions with what became of them and what can be done. */
export const EditionTable = ({ editions, held, visit, caption }: TableProps) => (
  <table class="list">
    <caption class="unseen">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">Edition</th>
        <th scope="col">State</th>
        <th scope="col">Outcomes</th>
        <th scope="col">Brakes</th>
      </tr>
    </thead>
    <tbody>
      {editions.map((listed) => (
        <tr>
          <th scope="row">
            <a href={editionPath(listed.edition)}>{listed.subject}</a>
            <small class="m block">
              {kindOf(listed, visit.distribution)} · <When at={listed.scheduledFor} visit={visit} />
            </small>
            {listed.state === 'superseded' && <small class="m block">{listed.edition}</small>}
          </th>
          <td>
            <State listed={listed} held={held} visit={visit} />
          </td>
          <td>
            <Outcomes listed={listed} />
          </td>
          <td class="end">
            <Brakes listed={listed} visit={visit} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The way to the next page of a list that goes on. */
export const More = ({ path, query, cursor }: { path: string; query: Readonly<Record<string, string>>; cursor: string | undefined }) =>
  cursor === undefined ? null : (
    <p class="acts">
      <a class="button soft" href={`${path}?${new URLSearchParams({ ...query, cursor })}`}>
        Earlier
      </a>
    </p>
  );

/** The lines on one page of a list. */
export const pageSize = 50;
/** The page of a list that `page` in the address asks for. */
export function pageOf<T>(found: readonly T[], query: URLSearchParams) {
  const last = Math.max(1, Math.ceil(found.length / pageSize));
  const wanted = Number(query.get('page') ?? '1');
  const page = Number.isInteger(wanted) && wanted >= 1 ? Math.min(wanted, last) : 1;
  const from = (page - 1) * pageSize;
  return { page, last, from, all: found.length, shown: found.slice(from, from + pageSize) };
}

interface HowManyProps {
  readonly of: Pick<ReturnType<typeof pageOf>, 'all' | 'from' | 'shown'>;
  /** `review`. */
  readonly one: string;
  /** `overdue ones first`. */
  readonly order: string;
}

/** Heads a list: how many it has, and which of them the page shows. */
export const HowMany = ({ of: { all, from, shown }, one, order }: HowManyProps) => (
  <>
    <h2 id="found">{all === 0 ? 'Nothing matches that' : counted(all, one)}</h2>
    {shown.length > 0 && shown.length < all && (
      <p class="m">
        {grouped(from + 1)} to {grouped(from + shown.length)}, {order}.
      </p>
    )}
  </>
);

interface PagesProps {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly page: number;
  readonly last: number;
  /** What the buttons to the page before and after it say. */
  readonly words: readonly [before: string, after: string];
}

/** The way to the neighbours of a page that has a number. Nothing if there is one page. */
export function Pages({ path, query, page, last, words: [before, after] }: PagesProps) {
  if (last === 1) return null;
  const to = (n: number) => `${path}?${new URLSearchParams({ ...query, page: String(n) })}`;
  return (
    <nav class="acts" aria-label="Pages of the list">
      {page > 1 && (
        <a class="button soft" href={to(page - 1)}>
          {before}
        </a>
      )}
      {page < last && (
        <a class="button soft" href={to(page + 1)}>
          {after}
        </a>
      )}
      <span class="m">
        Page {page} of {last}
      </span>
    </nav>
  );
}

/** Says once what a form did. It shows only what is so. */
export const Said = ({ children }: { readonly children: Child }) => (
  <div class="said" role="status">
    <p>{children}</p>
  </div>
);

export interface Asked extends Omit<HomePageContent, 'children'> {
  /** What follows from a yes: numbers, and whether it can be undone. */
  readonly says: readonly Child[];
  readonly action: string;
  /** The button that does it. */
  readonly yes: string;
  readonly no: { readonly words: string; readonly href: string };
  readonly isDanger?: boolean;
  /** Fields of the form. */
  readonly fields?: Child;
}

/** A page that asks whether to do something. Looking at it changes nothing. */
export const question = ({ says, action, yes, no, isDanger, fields, ...content }: Asked): HttpAnswer =>
  homePage({
    ...content,
    children: (
      <form class={`panel ask ${isDanger ? 'risky' : ''}`} method="post" action={action}>
        <h1>{content.title}</h1>
        {says.map((one) => (
          <p>{one}</p>
        ))}
        <Proof signed={content.signed} />
        {fields}
        <p class="acts">
          <button class={isDanger ? 'danger' : ''} type="submit">
            {yes}
          </button>
          <a class="button soft" href={no.href}>
            {no.words}
          </a>
        </p>
      </form>
    ),
  });

interface CardTextProps {
  readonly title: string | undefined;
  readonly meta: string | undefined;
  readonly parts: readonly { readonly label: string; readonly texts: readonly string[] }[];
}

/** What a card or a post tells: its title, the line below it, and its parts. */
export const CardText = ({ title, meta, parts }: CardTextProps) => (
  <>
    <h4 dir="auto">{title}</h4>
    {meta && (
      <small class="m block" dir="auto">
        {meta}
      </small>
    )}
    {parts.map(({ label, texts }) => (
      <>
        <h5>{label}</h5>
        {texts.map((text) => (
          <p dir="auto">{text}</p>
        ))}
      </>
    ))}
  </>
);
