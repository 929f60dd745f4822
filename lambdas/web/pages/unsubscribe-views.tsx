/** @jsxImportSource hono/jsx */
import type { SettingChanged } from '../../../core/preferences/settings-words.ts';
import type { Flaw } from '../../../core/shared/errors.ts';
import { definitionOf, type Frequency, type StreamName } from '../../../core/stream/stream.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { maskAddress } from '../mask-address.ts';

/** The result of a press. Empty if nothing was pressed. */
export interface Said {
  readonly changed?: readonly SettingChanged[];
  readonly flaws?: readonly Flaw[];
}

interface StandingProps {
  readonly stream: StreamName;
  readonly title: string;
  readonly profile: Profile;
  readonly said: Said;
  /** A rarer frequency that they can choose. */
  readonly rarer: Frequency | undefined;
  /** The first day on which a pause may end. */
  readonly tomorrow: string;
}

/**
 * For a person who gets the stream: one button to leave. After a press that kept the stream, it
 * shows the result.
 */
export const Asking = (props: StandingProps) => {
  const { stream, title, profile, said } = props;
  const { what } = definitionOf(stream).words;
  const stayed = said.changed !== undefined || said.flaws !== undefined;
  return (
    <>
      <Told said={said} />
      <section class="panel">
        <h1>{stayed ? `You get ${title}` : `Stop getting ${title}?`}</h1>
        <p>
          {what}{' '}
          <span class="m">
            We send it to <span class="address">{maskAddress(profile.address)}</span>.
          </span>
        </p>
        {!stayed && <p class="m small">Only this stops. You keep everything else you get from us.</p>}
        <form method="post" class="acts">
          {profile.snoozedUntil !== undefined && stayed && (
            <button type="submit" name="press" value="resume">
              End the pause
            </button>
          )}
          <button class={stayed ? 'soft' : ''} type="submit" name="press" value="leave">
            Unsubscribe
          </button>
        </form>
      </section>
      {said.flaws && <Instead {...props} />}
    </>
  );
};

/** For a person who does not get the stream: the way back, and the options in between. */
export const Left = (props: StandingProps) => {
  const { title, said } = props;
  return (
    <>
      {said.flaws && <Told said={said} />}
      <section class="panel">
        <div role={said.changed ? 'status' : undefined}>
          <h1>{said.changed ? `You no longer get ${title}` : `You do not get ${title}`}</h1>
        </div>
        <p>
          {said.changed
            ? 'A mail that is already on its way may still arrive. You keep everything else you get from us.'
            : 'If you left by mistake, you can get it again.'}
        </p>
        <form method="post" class="acts">
          <button class={said.changed ? 'soft' : ''} type="submit" name="press" value="undo">
            {said.changed ? 'Undo' : 'Get it again'}
          </button>
        </form>
      </section>
      <Instead {...props} />
    </>
  );
};

const Instead = ({ rarer, tomorrow, said }: StandingProps) => (
  <section class="panel">
    <h2>Or get it less often</h2>
    <p class="m small">You stay subscribed. A pause holds for all mail from us and ends by itself.</p>
    <form method="post" class="acts">
      {rarer && (
        <button class="soft" type="submit" name="press" value={rarer}>
          {rarer === 'weekly' ? 'Once a week' : 'Once a month'}
        </button>
      )}
      <button class="soft" type="submit" name="press" value="week">
        Pause for a week
      </button>
      <button class="soft" type="submit" name="press" value="month">
        Pause for a month
      </button>
    </form>
    <form method="post" class="search">
      <label>
        Pause until
        <input type="date" name="until" min={tomorrow} required aria-invalid={said.flaws ? 'true' : undefined} />
      </label>
      <button class="soft" type="submit" name="press" value="until">
        Pause
      </button>
    </form>
  </section>
);

/** For a person who has to get the stream: the reason, and what can be done instead. */
export const Locked = ({ title, reason, newLink }: { title: string; reason: string; newLink: string }) => (
  <section class="panel">
    <h1>{`${title} cannot be switched off`}</h1>
    <p>{`You have to get it because ${reason}.`}</p>
    <p>
      If you are away, name a delegate: ask for your own link and open your settings. Whoever keeps the distribution file can remove you.
    </p>
    <p class="acts">
      <a class="button" href={newLink}>
        Send me my link
      </a>
    </p>
  </section>
);

const Told = ({ said: { changed, flaws } }: { said: Said }) => {
  if (flaws && flaws.length > 0) {
    return (
      <div class="said warn" role="alert">
        <ul>
          {flaws.map(({ problem, remedy }) => (
            <li>{`That ${problem}. ${remedy}`}</li>
          ))}
        </ul>
      </div>
    );
  }
  if (!changed || changed.length === 0) return null;
  return (
    <div class="said" role="status">
      {changed.map(({ words }) => (
        <p>{words}</p>
      ))}
    </div>
  );
};
