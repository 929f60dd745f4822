/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { ApprovalRequest } from '../../../../core/approval/approval-request.ts';
import { printDayInFull, printMoment } from '../../../../core/calendar/print.ts';
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import type { Refusal } from '../../../../core/notice/after-press.ts';
import type { NoticeContent } from '../../../../core/notice/notice-content.ts';
import type { NoticeDifference } from '../../../../core/notice/notice-difference.ts';
import type { Remark } from '../../../../core/notice/ports.ts';
import type { ReviewStanding } from '../../../../core/notice/review-standing.ts';
import { holdingWords, voidWords } from '../../../../core/notice/why-held.ts';
import type { DifferencePiece } from '../../../../core/notice/word-difference.ts';
import type { Instant } from '../../../../core/shared/instant.ts';
import { page } from '../../../shared/pages/shell.tsx';
import { Markdown } from '../../../shared/postmortem/markdown.tsx';
import { maskAddress } from '../../mask-address.ts';
import { counted, refusalWords } from './words.ts';

/** The longest reason that a form takes, in UTF-16 units. */
export const longestReason = 1000;

/** What stands above the page after a press. `done`: it was taken. */
export type Said =
  | { readonly done: 'approve' | 'send back' | 'stop' | 'withdraw' }
  | { readonly refused: Refusal['refused'] | 'no reason' | 'busy' };

/** The text that is asked about, or that customers read. */
export interface ReadableText {
  readonly content: NoticeContent;
  readonly subject: string;
  readonly remarks: readonly Remark[];
  /** Beside the version that is public. Absent: it is that one. */
  readonly difference?: NoticeDifference | undefined;
  /** The version that is public. 'unreadable': there is one, and it cannot be read. */
  readonly before?: { readonly n: number; readonly at: Instant } | 'unreadable' | undefined;
}

export interface Given {
  readonly who: string;
  readonly at: Instant;
}

export interface ReviewContent {
  readonly whose: Distribution;
  readonly acting: { readonly name: string | undefined; readonly address: string; readonly until: Instant };
  readonly n: number;
  /** Absent while it is hidden. */
  readonly postmortem: string | undefined;
  readonly standing: ReviewStanding;
  /** What this approver may do with an open request. `approved`: they did. */
  readonly may: 'approve' | 'approved' | Refusal['refused'];
  /** Who approved. Empty before their own answer. */
  readonly approvals: readonly Given[];
  readonly needed: number;
  readonly holdWords: string;
  readonly writers: readonly string[];
  /** 'missing': it is not stored as it was asked. */
  readonly text: ReadableText | 'missing' | undefined;
  /** Who ended the request. */
  readonly endedBy: string;
  /** The version that customers read, or may read. */
  readonly publicVersion: number | undefined;
  readonly said?: Said | undefined;
  /** A form that comes back as it was filled in. */
  readonly typed: { readonly reason: string; readonly ticked: readonly string[] };
  readonly paths: { readonly mail: string; readonly page: string };
  readonly now: Date;
  readonly zone: string;
}

export const reviewPage = (content: ReviewContent) => {
  const { whose, standing, said } = content;
  const heading = headingOf(standing);
  return page({
    title: heading,
    whose,
    wide: true,
    children: (
      <>
        <h1>{heading}</h1>
        <ActsAs {...content} />
        {said && <SaidOf {...content} said={said} />}
        <Meta {...content} />
        <Standing {...content} />
        <Text {...content} />
        <Answer {...content} />
        <Withdrawal {...content} />
        <footer>
          <p>
            This link works until {printDayInFull(content.acting.until, content.now, content.zone)}, for version {content.n} alone. A
            changed text asks again.
          </p>
        </footer>
      </>
    ),
  });
};

function headingOf(standing: ReviewStanding): string {
  if (standing.is === 'public') return 'Customers read this notice';
  if (standing.is === 'withdrawn') return 'This notice was withdrawn';
  if (standing.is === 'other') return 'This is not asked any more';
  return headings[standing.request.state];
}

const headings: Readonly<Record<Exclude<ApprovalRequest['state'], 'held'>, string>> = {
  open: 'May this notice leave?',
  approved: 'This notice is held',
  releasing: 'This notice is leaving',
  released: 'Customers read this notice',
  'sent back': 'This notice was sent back',
  stopped: 'This notice was stopped',
  void: 'This request is void',
  lapsed: 'This request lapsed',
};

const ActsAs = ({ acting: { name, address } }: ReviewContent) => (
  <p>
    You act as <b dir="auto">{name === undefined ? '' : `${name}, `}approver</b> of notices to customers.{' '}
    <span class="m">
      This page was mailed to <span class="address">{maskAddress(address)}</span>. If that is not you, close it.
    </span>
  </p>
);

/** What is asked of whom, in a line. */
const Meta = ({ n, postmortem, standing, writers, needed, text, now, zone }: ReviewContent) => {
  const request = standing.is === 'request' ? standing.request : undefined;
  const products = typeof text === 'object' ? text.content.products : [];
  const parts = [
    `Version ${n}`,
    ...(postmortem === undefined ? [] : [`of the notice on ${postmortem}`]),
    ...(writers.length > 0 ? [`written by ${writers.join(', ')}`] : []),
    ...(request?.state === 'open' ? [`asked on ${printMoment(request.askedAt, now, zone)}`, `${counted(needed, 'approval')} needed`] : []),
    ...(products.length > 0 ? [`goes to whoever asked for notices about ${products.join(', ')}`] : []),
  ];
  return (
    <p class="m small" dir="auto">
      {parts.join(' · ')}
    </p>
  );
};

/** Where it stands, and what happens next. */
const Standing = (content: ReviewContent) => {
  const { standing, now, zone, endedBy } = content;
  if (standing.is === 'public') return <Told>Customers read this version. Something else is, or was, asked about since.</Told>;
  if (standing.is === 'withdrawn') {
    const { at, reason } = standing.withdrawal;
    return (
      <Told>
        It was withdrawn on {printMoment(at, now, zone)}. Customers read nothing of it any more.
        {reason !== undefined && <Reason reason={reason} />}
      </Told>
    );
  }
  if (standing.is === 'other') return <Other now={standing.now} />;
  const { request } = standing;
  switch (request.state) {
    case 'open':
      return null;
    case 'approved': {
      const isDue = Date.parse(request.releaseAt) <= now.getTime();
      return (
        <Told open>
          <b>{isDue ? 'It is being released now.' : `It goes to customers on ${printMoment(request.releaseAt, now, zone)}.`}</b> Until then
          each approver alone can stop it. <Approved {...content} />
        </Told>
      );
    }
    case 'releasing':
      return <Told open>It is leaving at this moment. You can withdraw it below.</Told>;
    case 'released':
      return (
        <Told>
          Customers read it since {printMoment(request.at, now, zone)}. <Approved {...content} />
        </Told>
      );
    case 'sent back':
    case 'stopped':
      return (
        <Told>
          {endedBy} {request.state === 'stopped' ? 'stopped it' : 'sent it back'} on {printMoment(request.at, now, zone)}. Nothing of it
          leaves. Another text is asked about anew.
          <Reason reason={request.reason} />
        </Told>
      );
    case 'void':
      return (
        <Told>
          Void since {printMoment(request.at, now, zone)}. {voidWords[request.because]} Nothing of it leaves.
        </Told>
      );
    case 'lapsed':
      return (
        <Told>
          Too few approvers answered within seven days, so it ended on {printMoment(request.at, now, zone)}. Nothing of it leaves. Its
          writer changes the text, or an operator has it asked again.
        </Told>
      );
    default:
      return request satisfies never;
  }
};

const Told = ({ children, open }: { readonly children: Child; readonly open?: boolean }) => (
  <section class={open ? 'said open' : 'said plain'} aria-label="How it stands">
    <p>{children}</p>
  </section>
);

const Reason = ({ reason }: { readonly reason: string }) => (
  <>
    {' '}
    The reason: <q dir="auto">{reason}</q>
  </>
);

const Other = ({ now }: { readonly now: ApprovalRequest | undefined }) => {
  if (now?.state === 'held')
    return <Told>Its text was changed, and the new one is not asked about: {holdingWords[now.why].said} Its writer is told.</Told>;
  if (now?.state === 'open' || now?.state === 'approved')
    return <Told>Version {now.n} is asked about now. Your mail about that version has a link of its own.</Told>;
  return <Told>Nothing waits for you here. The newest mail about this notice says how it stands.</Told>;
};

const Approved = ({ approvals, now, zone }: Pick<ReviewContent, 'approvals' | 'now' | 'zone'>) =>
  approvals.length === 0 ? null : (
    <span>Approved by {approvals.map(({ who, at }) => `${who} on ${printMoment(at, now, zone)}`).join(', and by ')}.</span>
  );

/** The difference first, then the whole text as customers get it. */
const Text = (content: ReviewContent) => {
  const { text, paths, whose } = content;
  if (text === undefined) return null;
  if (text === 'missing')
    return (
      <div class="said warn" role="alert">
        <p>Its text is not kept here any more, or differs from what was asked about. Nobody can approve it like that. Tell an operator.</p>
      </div>
    );
  const { senders } = whose;
  const sender = senders.customers ?? senders.internal;
  return (
    <>
      {text.difference && <Difference {...content} text={text} difference={text.difference} />}
      <section class="panel">
        <h2>The mail as it will look</h2>
        <dl class="envelope">
          <dt>From</dt>
          <dd>
            {sender.name} &lt;{sender.address}&gt;
          </dd>
          <dt>Subject</dt>
          <dd dir="auto">
            <b>{text.subject}</b>
          </dd>
        </dl>
        <div class="framed doc">
          <h3 dir="auto">{text.content.title}</h3>
          {text.content.change !== undefined && (
            <>
              <p class="lab">What changed</p>
              <Markdown text={text.content.change} />
            </>
          )}
          <Markdown text={text.content.body} />
        </div>
        <p class="small">
          <a href={paths.mail}>Open the mail alone</a> · <a href={paths.page}>Open the page as it will look</a>
        </p>
      </section>
    </>
  );
};

interface DifferenceProps extends ReviewContent {
  readonly text: ReadableText;
  readonly difference: NoticeDifference;
}

const Difference = ({ text: { before }, difference: { parts, same }, now, zone }: DifferenceProps) => (
  <section class="panel changes">
    <h2>{before === undefined ? 'What customers would read for the first time' : 'What differs from the version that is public'}</h2>
    <p class="m small">
      {before === undefined && 'Nothing of it is public yet, so all of it is new. The whole text is below.'}
      {before === 'unreadable' &&
        'The version that is public is not kept here any more, so all of it is shown as new. Compare it with its page.'}
      {typeof before === 'object' && (
        <>
          Version {before.n}, public since {printMoment(before.at, now, zone)}. <del>Taken out</del> <ins>put in</ins>
        </>
      )}
    </p>
    <ul class="diff">
      {parts
        // All of a text that is new as a whole stands below, once.
        .filter(({ isText }) => typeof before === 'object' || !isText)
        .map(({ part, pieces }) => (
          <li>
            <p class="lab">{part}</p>
            <p class="prose" dir="auto">
              {typeof before === 'object' ? pieces.map((piece) => <Piece {...piece} />) : pieces.map(({ text }) => text).join('')}
            </p>
          </li>
        ))}
      {parts.length === 0 && <li>Nothing that customers read differs.</li>}
      {same.length > 0 && <li class="m small">The same as before: {same.join(', ').toLowerCase()}.</li>}
    </ul>
  </section>
);

/** Struck through or underlined, and said to whoever listens. */
const Piece = ({ kind, text }: DifferencePiece) => {
  if (kind === 'same') return <>{text}</>;
  const words = text.trimEnd();
  const blanks = text.slice(words.length);
  return kind === 'out' ? (
    <>
      <del>
        <span class="unseen">taken out: </span>
        {words}
        <span class="unseen">, end. </span>
      </del>
      {blanks || ' '}
    </>
  ) : (
    <>
      <ins>
        <span class="unseen">put in: </span>
        {words}
        <span class="unseen">, end. </span>
      </ins>
      {blanks}
    </>
  );
};

/** The form of a request that is asked, or held. */
const Answer = (content: ReviewContent) => {
  const { standing, may, typed, text, said, approvals, needed, holdWords } = content;
  if (standing.is !== 'request') return null;
  const { request } = standing;
  const isLacking = said !== undefined && 'refused' in said && said.refused === 'no reason';
  if (request.state === 'approved')
    return (
      <form method="post" class="panel">
        <h2>Stop it</h2>
        <input type="hidden" name="n" value={String(request.n)} />
        <ReasonField hint="needed; its writer reads it" reason={typed.reason} isLacking={isLacking} />
        <div class="acts">
          <button type="submit" name="press" value="stop" class="danger">
            Stop it
          </button>
        </div>
        <p class="m small">One approver is enough. What was approved does not count any more then.</p>
      </form>
    );
  if (request.state !== 'open') return null;
  const remarks = typeof text === 'object' ? text.remarks.filter(({ level }) => level === 'look') : [];
  const canApprove = may === 'approve' && typeof text === 'object';
  return (
    <form method="post">
      <input type="hidden" name="n" value={String(request.n)} />
      <input type="hidden" name="content" value={request.content} />
      {canApprove && remarks.length > 0 && <Remarks remarks={remarks} content={content} />}
      <section class="panel">
        <h2>Your answer</h2>
        {may === 'approved' && (
          <p>
            You approved it. {counted(approvals.length, 'approval')} of {needed}. <Approved {...content} />
          </p>
        )}
        {may !== 'approve' && may !== 'approved' && <p>{refusalWords[may]}</p>}
        <ReasonField hint="needed to send back; its writer reads it" reason={typed.reason} isLacking={isLacking} />
        <div class={canApprove ? 'acts two' : 'acts'}>
          {canApprove && (
            <button type="submit" name="press" value="approve">
              Approve
            </button>
          )}
          <button type="submit" name="press" value="send-back" class="soft">
            Send back
          </button>
        </div>
        <p class="m small">
          <b>Send back</b> ends this request and asks its writer for another text.
          {may === 'approve' && ' Who else has approved is shown after your own answer.'}
        </p>
      </section>
      <div class="said">
        <p>
          After the last approval it is held for {holdWords}, in which every approver may stop it. You get a receipt for everything that is
          done with your link.
        </p>
      </div>
    </form>
  );
};

const ReasonField = ({ hint, reason, isLacking }: { readonly hint: string; readonly reason: string; readonly isLacking: boolean }) => (
  <label class="field">
    Reason <small class="m">{hint}</small>
    <textarea class="prose" name="reason" rows={3} maxlength={longestReason} dir="auto" aria-invalid={isLacking ? 'true' : undefined}>
      {`\n${reason}`}
    </textarea>
  </label>
);

const partWords: Readonly<Record<Remark['part'], string>> = { title: 'subject', body: 'text', change: 'what changed' };

const Remarks = ({ remarks, content: { typed } }: { readonly remarks: readonly Remark[]; readonly content: ReviewContent }) => (
  <fieldset class="panel">
    <legend>Remarks</legend>
    <p class="m small">Found by the check. Tick each one that may stay as it is.</p>
    <ul class="ticks">
      {remarks.map(({ id, rule, part, found, remedy }) => (
        <li>
          <label class="check">
            <input type="checkbox" name="tick" value={id} checked={typed.ticked.includes(id)} />
            <span>
              {rule}, in the {partWords[part]}: <b dir="auto">“{found}”</b>
              <small>{remedy}</small>
            </span>
          </label>
        </li>
      ))}
    </ul>
  </fieldset>
);

/** Takes away what customers read. It stands closed while something else is asked. */
const Withdrawal = ({ publicVersion, standing, typed, said }: ReviewContent) => {
  if (publicVersion === undefined) return null;
  const isAsked = standing.is === 'request' && (standing.request.state === 'open' || standing.request.state === 'approved');
  const isLacking = !isAsked && said !== undefined && 'refused' in said && said.refused === 'no reason';
  return (
    <details open={!isAsked}>
      <summary>Withdraw what customers read</summary>
      <form method="post" class="panel risky">
        <p>
          Version {publicVersion} goes from the public page at once. Whoever may have had a mail of it gets one without its title. It cannot
          be undone: a text that shall be public again is asked about anew.
        </p>
        <input type="hidden" name="version" value={String(publicVersion)} />
        <ReasonField hint="needed; for its writer and the other approvers" reason={isAsked ? '' : typed.reason} isLacking={isLacking} />
        <div class="acts">
          <button type="submit" name="press" value="withdraw" class="danger">
            Withdraw version {publicVersion}
          </button>
        </div>
      </form>
    </details>
  );
};

const SaidOf = ({ said, standing, needed, approvals, now, zone }: Omit<ReviewContent, 'said'> & { readonly said: Said }) => {
  if ('refused' in said)
    return (
      <div class="said warn" role="alert">
        <p>
          <b>Nothing was changed.</b> {refusalWords[said.refused]}
        </p>
      </div>
    );
  const request = standing.is === 'request' ? standing.request : undefined;
  return (
    <div class="said" role="status">
      <p>
        <b>{doneWords[said.done]}</b>{' '}
        {said.done === 'approve' && request?.state === 'open' && `${counted(approvals.length, 'approval')} of ${needed}.`}
        {said.done === 'approve' &&
          request?.state === 'approved' &&
          `That was the last approval that it needs. It is held until ${printMoment(request.releaseAt, now, zone)}.`}{' '}
        A receipt is on its way to you.
      </p>
    </div>
  );
};

const doneWords = {
  approve: 'You approved it.',
  'send back': 'You sent it back.',
  stop: 'You stopped it.',
  withdraw: 'You withdrew it.',
} as const;
