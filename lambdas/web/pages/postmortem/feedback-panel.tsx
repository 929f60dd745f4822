/** @jsxImportSource hono/jsx */
import type { SignedIn } from '../../../shared/pages/current-session.ts';
import { Proof } from '../../../shared/pages/proof.tsx';
import type { WhyShown } from '../../why-shown.ts';
import { panelId, pressNames, type Saying } from './press.ts';

export interface FeedbackPanelProps {
  readonly why: WhyShown;
  /** Undefined: nothing, or it is not known who looks. */
  readonly pressed: Saying | undefined;
  /** The page's own path. */
  readonly path: string;
  /** For whom a press counts. */
  readonly address: string;
  readonly signed: SignedIn | undefined;
  /** The press did not count, because the reason is another one by now. */
  readonly isLate: boolean;
  /** Where a lead's press counts as a lead's. Undefined: it does here, or they lead nobody. */
  readonly forLeads: string | undefined;
}

/** Why a team is told of a postmortem, and what a reader says of it. */
export const FeedbackPanel = ({ why, pressed, path, address, signed, isLate, forLeads }: FeedbackPanelProps) => (
  <section class="panel" id={panelId}>
    <h2>{why.reason ? 'Why you see this' : 'Was this useful?'}</h2>
    {why.reason && <p dir="auto">{why.reason.sentence}</p>}
    {isLate && (
      <p class="said warn" role="alert">
        Nothing was changed: the reason is another one by now. Look at it and press again.
      </p>
    )}
    {pressed && (
      <p class="said" role="status">
        {saidWords[pressed]}
      </p>
    )}
    <form class="acts" method="post" action={path}>
      {signed && <Proof signed={signed} />}
      {why.reason && <input type="hidden" name="reason" value={why.reason.key} />}
      {pressed ? (
        <Button press="undo" words="Undo" />
      ) : (
        <>
          <Button press={pressNames.useful} words="Useful" />
          {why.reason && <Button press={pressNames['not relevant']} words="Not relevant to us" />}
          <Button press={pressNames.discussed} words="We discussed it" />
          {!signed && <Button press="undo" words="Take back what I said" />}
        </>
      )}
    </form>
    <p class="m small">
      {why.reason && why.team && `${ruleFor(why.team.name)} `}
      {forLeads !== undefined && (
        <>
          You lead this team: <a href={forLeads}>sign in</a> if your press is to count as a lead’s.{' '}
        </>
      )}
      You press as <span class="address">{address}</span>, and your team is told how many, never who.
      {why.team && (
        <>
          {' '}
          <a href="/preferences?go=muted">What you and your team muted</a>
        </>
      )}
    </p>
  </section>
);

const Button = ({ press, words }: { readonly press: string; readonly words: string }) => (
  <button class="soft" type="submit" name="press" value={press}>
    {words}
  </button>
);

const saidWords: Readonly<Record<Saying, string>> = {
  useful: 'You said that it was useful. Thank you.',
  'not relevant': 'You said that it is not relevant to you. Nothing comes first in your mails for this reason any more.',
  discussed: 'You said that you discussed it. Thank you.',
};

/** When a press counts for whom; see `isMuted`. */
export const ruleFor = (team: string): string =>
  `“Not relevant” counts for you at once, and for ${team} in what is published later, once two members or one lead say so and more say so than say that it is useful.`;
