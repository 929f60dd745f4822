/** @jsxImportSource hono/jsx */
import type { ActionRow } from '../../../core/action/action.ts';
import { printMoment } from '../../../core/calendar/print.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { renewLinks } from '../../../core/preferences/renew-links.ts';
import { type PressedDecision, pressedOn } from '../../../core/review/decide.ts';
import { decisionWords } from '../../../core/review/event-words.ts';
import { type Undone, undoPress } from '../../../core/review/press-decisions.ts';
import { countedBy, countsWords, type Receipt, readReceipt } from '../../../core/review/receipt.ts';
import type { Review } from '../../../core/review/review.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { isAfter, toInstant } from '../../../core/shared/instant.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { maskAddress } from '../mask-address.ts';
import { notFound } from '../refusals.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { expiredLinkPage } from './expired.tsx';
import { renewedPage } from './renewed.tsx';

/**
 * What one press decided, and two ways to take it back. It needs no office: whoever is no reviewer
 * any more may still take back what was sent in their name.
 */
export const receiptPage = (deps: WebDeps): PageRoute => ({
  path: '/receipts/{token}',
  async get({ params }) {
    const found = await receiptOf(params.token, deps);
    return 'answer' in found ? found.answer : shown(found, deps);
  },
  post: {
    async answer({ params, form }) {
      const found = await receiptOf(params.token, deps);
      if ('answer' in found) return found.answer;
      const { sid } = found.holder.profile;
      if (!deps.mayPress(sid)) return tooOften();
      const press = form.get('press');
      if (press !== 'undo' && press !== 'undo-renew') return notUnderstood();
      const undone = await undoPress(found.receipt, sid, deps);
      return press === 'undo' ? shown(found, deps, undone) : renewed(found, deps);
    },
  },
});

interface Found {
  readonly holder: Holder;
  readonly distribution: Distribution;
  readonly receipt: Receipt;
}

async function receiptOf(token: string | undefined, deps: WebDeps): Promise<Found | { readonly answer: HttpAnswer }> {
  const holder = await holderOf(token, 'receipt', deps);
  const receipt = holder && readReceipt(holder.claims.about);
  const distribution = receipt && (await deps.distribution());
  if (!holder || !receipt || !distribution) return { answer: notFound(deps) };
  return holder.kind === 'expired' ? { answer: expired(distribution) } : { holder, receipt, distribution };
}

const expired = (whose: Distribution) =>
  expiredLinkPage(whose, {
    title: 'This receipt has expired',
    words: 'What was decided has been in effect for days. Another decision changes it: the mails that ask you have a link for that.',
  });

async function renewed({ holder: { claims }, distribution }: Found, deps: WebDeps) {
  const { realm, subscriber: sid, generation } = claims;
  const profile = await renewLinks({ realm, sid }, generation, deps);
  if (!profile) return notFound(deps);
  await deps.mail({ kind: 'new-link', realm, subscriber: sid, about: 'renewed' });
  return renewedPage(distribution, undefined, deps);
}

/** `open again`: by a revision. `over`: others did more with the review since. */
type BecameSignOff = PressedDecision['became'] | 'open again' | 'over';

/** What became of the sign-off of this press. */
function signOffOf(review: Review | 'unknown' | undefined, { receipt, holder }: Found, now: Date): BecameSignOff {
  if (review === undefined || review === 'unknown') return 'over';
  const isIt = (one: { by: string; at: string } | undefined) =>
    one?.by === holder.profile.sid && Date.parse(one.at) === Date.parse(receipt.press);
  if (isIt(review.takenBack)) return 'undone';
  if (review.state !== 'reviewed' || !isIt(review)) return isIt(review.before) ? 'open again' : 'over';
  return review.undo && isAfter(review.undo.until, toInstant(now)) ? 'stands' : 'in effect';
}

async function shown(found: Found, deps: WebDeps, undone?: Undone) {
  const { receipt, holder, distribution } = found;
  const now = deps.now();
  const zone = zoneFor(holder.profile, distribution);
  const [rows, review, archive] = await Promise.all([
    deps.actions.list(receipt.postmortem),
    deps.reviews.read(receipt.postmortem),
    deps.archives.of('leadership'),
  ]);
  const told = archive.read(receipt.postmortem);
  const decided = rows.flatMap((row) =>
    pressedOn(row, { by: holder.profile.sid, press: receipt.press }, now).map((pressed) => ({ row, ...pressed })),
  );
  const signOff = receipt.isSigned ? signOffOf(review, found, now) : undefined;
  const canUndo = signOff === 'stands' || decided.some(({ became }) => became === 'stands');
  return page({
    title: 'Receipt',
    whose: distribution,
    children: (
      <>
        <h1>Sent in your name</h1>
        {undone && <UndoneNotice undone={undone} />}
        <section class="panel">
          <p>
            Sent on {printMoment(receipt.press, now, zone)}, with a link of <b>{maskAddress(holder.profile.address)}</b>.
          </p>
          <h2 class="big" dir="auto">
            {told ? told.title : 'A postmortem that is not shown any more'}
          </h2>
          <Sent decided={decided} told={told} signOff={signOff} now={now} zone={zone} />
          <form method="post">
            <div class="acts">
              {canUndo && (
                <button type="submit" name="press" value="undo">
                  Take it back
                </button>
              )}
              <button type="submit" class="soft" name="press" value="undo-renew">
                {canUndo ? 'Take it back and make all my links invalid' : 'Make all my links invalid'}
              </button>
            </div>
          </form>
          <p class="m small">
            {canUndo
              ? 'Was it not you? Press the second button. Every link that you got so far then ends, and you are signed out everywhere.'
              : 'Nothing here can be taken back any more. Another decision changes one that is in effect.'}
          </p>
        </section>
      </>
    ),
  });
}

interface SentProps {
  readonly decided: readonly (PressedDecision & { readonly row: ActionRow })[];
  readonly told: ListedEntry | undefined;
  readonly signOff: BecameSignOff | undefined;
  readonly now: Date;
  readonly zone: string;
}

const Sent = ({ decided, told, signOff, now, zone }: SentProps) => (
  <ul>
    {decided.map(({ row, decision, became }) => (
      <li>
        <bdi>{told ? row.reported.title : 'An action'}</bdi>: {decision.as} {decisionWords(decision, now, zone)}{' '}
        <span class="m">· {becameWords(became, printMoment(decision.effectiveAt, now, zone))}</span>
      </li>
    ))}
    {signOff && (
      <li>
        The review was signed <span class="m">· {signOffWords[signOff]}</span>
      </li>
    )}
  </ul>
);

const signOffWords: Readonly<Record<BecameSignOff, string>> = {
  stands: 'the review is over; this can be taken back',
  'in effect': 'the review is over',
  undone: 'taken back',
  'open again': 'a revision opened the review again',
  over: 'it does not count any more, because of what others did since',
};

function becameWords(became: PressedDecision['became'], effective: string): string {
  if (became === 'undone') return 'taken back';
  return became === 'stands' ? `counts from ${effective}` : `in effect since ${effective}`;
}

const UndoneNotice = ({ undone: { decisions, inEffect, signOff } }: { readonly undone: Undone }) => {
  const back = [
    ...(decisions.length > 0
      ? [`${decisions.length === 1 ? '1 decision' : `${decisions.length} decisions`} (${countsWords(countedBy(decisions))})`]
      : []),
    ...(signOff === 'undone' ? ['the sign-off, so that the review is open again'] : []),
  ];
  const isAll = inEffect === 0 && signOff !== 'in effect';
  return (
    <div class={isAll ? 'said' : 'said warn'} role={isAll ? 'status' : 'alert'}>
      {back.length > 0 ? <p>Taken back: {back.join(' and ')}.</p> : isAll && <p>It was taken back already.</p>}
      {!isAll && <p>What is in effect stays. Another decision changes it.</p>}
    </div>
  );
};
