/** @jsxImportSource hono/jsx */
import type { Owner } from '../../../../core/distribution/brand.ts';
import type { MutedReason, MutedReasons } from '../../../../core/preferences/muted-reasons.ts';
import type { HttpAnswer } from '../../../shared/http-answer.ts';
import type { SignedIn } from '../../../shared/pages/current-session.ts';
import { Proof } from '../../../shared/pages/proof.tsx';
import { page } from '../../../shared/pages/shell.tsx';
import { maskAddress } from '../../mask-address.ts';
import { ruleFor } from '../postmortem/feedback-panel.tsx';

/** What can be pressed here: to take back either, and to say that a reason is useful after all. */
export const mutedDone = ['undo', 'unsay-useful', 'useful'] as const;
export type MutedDone = (typeof mutedDone)[number];

export interface MutedShown extends MutedReasons {
  readonly whose: Owner;
  readonly address: string;
  readonly signed: SignedIn | undefined;
  readonly words: (reason: string) => string;
  /** Whose mutings these are, as the reader's profile spells it. */
  readonly teamName: string | undefined;
  readonly done: MutedDone | undefined;
  readonly path: string;
  readonly preferences: string;
}

export const mutedView = (shown: MutedShown): HttpAnswer => {
  const { whose, address, signed, team, own, teamName, done, preferences } = shown;
  return page({
    title: 'What you and your team muted',
    whose,
    children: (
      <>
        <h1>What you and your team muted</h1>
        <p class="m">
          for <span class="address">{signed ? address : maskAddress(address)}</span>
        </p>
        {done && (
          <p class="said" role="status">
            {doneWords[done]}
          </p>
        )}
        {teamName !== undefined && (
          <section class="panel">
            <h2>For {teamName}</h2>
            <p>
              {team.length === 0
                ? 'Nothing is muted for the team.'
                : 'No postmortem that is published from now on comes first for these reasons.'}
            </p>
            <Reasons
              {...shown}
              all={team.map((one) => ({ reason: one.reason, says: saidWords(one), press: pressFor[one.own ?? 'nothing'] }))}
            />
            <p class="m small">{ruleFor(teamName)} Who said so is told to nobody.</p>
          </section>
        )}
        <section class="panel">
          <h2>For you alone</h2>
          <p>{own.length === 0 ? 'There is nothing that only you called not relevant.' : 'You said that these are not relevant.'}</p>
          <Reasons {...shown} all={own.map((reason) => ({ reason, says: '', press: 'undo' }))} />
        </section>
        <p>
          <a href={preferences}>What you get</a>
        </p>
      </>
    ),
  });
};

interface ReasonsProps extends Pick<MutedShown, 'path' | 'signed' | 'words'> {
  readonly all: readonly { readonly reason: string; readonly says: string; readonly press: MutedDone }[];
}

const Reasons = ({ path, signed, words, all }: ReasonsProps) =>
  all.length === 0 ? null : (
    <ul class="found">
      {all.map(({ reason, says, press }) => (
        <li>
          <p class="what" dir="auto">
            <b>{words(reason)}</b>
            {says !== '' && <br />}
            {says !== '' && <span class="m small">{says}</span>}
          </p>
          <form class="acts middle" method="post" action={path}>
            {signed && <Proof signed={signed} />}
            <input type="hidden" name="reason" value={reason} />
            <button class="soft" type="submit" name="press" value={press}>
              {press === 'useful' ? 'Useful to us' : 'Undo'}
              <span class="hp"> {words(reason)}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  );

const pressFor = { 'not relevant': 'undo', useful: 'unsay-useful', nothing: 'useful' } as const satisfies Record<string, MutedDone>;

const ownWords = { 'not relevant': ' You are among them.', useful: ' You said that it is useful.' } as const;

const saidWords = ({ by, own }: MutedReason): string =>
  `${by === 'several' ? 'Several' : 'One or two'} of you said that it is not relevant.${own ? ownWords[own] : ''}`;

const doneWords: Readonly<Record<MutedDone, string>> = {
  undo: 'Taken back: you no longer say that it is not relevant.',
  'unsay-useful': 'Taken back: you no longer say that it is useful.',
  useful: 'Counted: you say that it is useful.',
};
