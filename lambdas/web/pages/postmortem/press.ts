import type { Distribution } from '../../../../core/distribution/distribution.ts';
import type { ReadersAct } from '../../../../core/preferences/change-settings.ts';
import { isLeadOf, sayOfReason, unsayOfReason } from '../../../../core/preferences/say-of-reason.ts';
import { blindedReader, type Reading } from '../../../../core/readership/reading.ts';
import type { ReasonPress } from '../../../../core/relevance/team-feedback.ts';
import type { ListedEntry } from '../../../../core/search/search-entry.ts';
import type { Profile } from '../../../../core/subscriber/subscriber.ts';
import type { HttpAnswer } from '../../../shared/http-answer.ts';
import { notUnderstood, tooOften } from '../../../shared/pages/refusals.tsx';
import { seeOther } from '../../../shared/pages/see-other.ts';
import type { WebDeps } from '../../deps.ts';
import { keepReading } from '../../keep-reading.ts';
import { notFound } from '../../refusals.ts';
import { type WhyShown, whyShown } from '../../why-shown.ts';

/**
 * Where the panel stands on its page, and the queries with which it says that it was too late, and
 * what was just pressed by a link.
 */
export const panelId = 'why';
export const lateQuery = 'late';
const pressedQuery = 'pressed';

export type Saying = Exclude<Reading['how'], 'page'>;
/** As the buttons send them. */
export const pressNames: Readonly<Record<Saying, string>> = { useful: 'useful', 'not relevant': 'not-relevant', discussed: 'discussed' };
const presses = Object.keys(pressNames) as readonly Saying[];
const pressNamed = (name: string | null): Saying | undefined => presses.find((one) => pressNames[one] === name);

/**
 * What whoever came back from a press by a link is shown of it. It is not looked up: the link may
 * have been passed on, and others must not learn from it what its reader pressed before.
 */
export const justPressed = (query: URLSearchParams): Saying | undefined => pressNamed(query.get(pressedQuery));

/** A reason that a team discussed was useful to it. */
const saidBy = (press: Saying): ReasonPress => (press === 'not relevant' ? press : 'useful');

/** Somebody before a postmortem that they may say something of. */
export interface Presser {
  readonly told: ListedEntry;
  readonly profile: Profile;
  readonly distribution: Distribution;
  /** The page's own path. */
  readonly path: string;
  readonly act: ReadersAct;
  /** Their session proves who they are, so that a lead's press counts as a lead's. */
  readonly isProven: boolean;
  /** Whether their views may be recorded. */
  readonly isTracked: boolean;
}

/** What they pressed on this postmortem. Undefined: nothing. */
export async function pressedBy(
  { told, profile }: Pick<Presser, 'told' | 'profile'>,
  { readings, identitySecret }: Pick<WebDeps, 'readings' | 'identitySecret'>,
): Promise<(Reading & { readonly how: Saying }) | undefined> {
  const reading = await readings.read(told.id, blindedReader(told.id, profile.sid, await identitySecret()));
  return reading && isPress(reading) ? reading : undefined;
}
const isPress = (reading: Reading): reading is Reading & { how: Saying } => reading.how !== 'page';

/**
 * Answers a press of the panel. The reading is kept first, then what the team says, then the
 * reader's own settings: whoever presses again after a failure finishes it.
 */
export async function pressed(presser: Presser, form: URLSearchParams, deps: WebDeps): Promise<HttpAnswer> {
  if (!deps.mayPress(presser.profile.sid)) return tooOften();
  if (form.get('press') === 'undo') return undone(presser, deps);
  const press = pressNamed(form.get('press'));
  if (!press) return notUnderstood();
  const why = await whyShown(presser.told, presser.profile, deps);
  const reason = why.reason?.key === form.get('reason') ? why.reason?.key : undefined;
  // Another reason stands there by now, and nobody said anything of that one.
  if (press === 'not relevant' && reason === undefined) return back(presser, `?${lateQuery}=1`);
  const { told, profile, distribution } = presser;
  await keepReading(told.id, { how: press, reason }, profile, distribution, deps);
  const isDone = reason === undefined || (await said(presser, why, { reason, press }, deps));
  return isDone ? back(presser, presser.isProven ? '' : `?${pressedQuery}=${pressNames[press]}`) : notFound(deps);
}

async function said(presser: Presser, { team }: WhyShown, { reason, press }: { reason: string; press: Saying }, deps: WebDeps) {
  const { profile, distribution, act, isProven } = presser;
  const isLead = isProven && isLeadOf(team?.key, profile, distribution);
  const outcome = await sayOfReason(profile, { team: team?.key, reason, says: saidBy(press), isLead }, act, { ...deps, distribution });
  return outcome.kind === 'saved';
}

async function undone(presser: Presser, deps: WebDeps): Promise<HttpAnswer> {
  const { profile, distribution, act, isTracked } = presser;
  const reading = await pressedBy(presser, deps);
  if (!reading) return back(presser);
  // The row says what to take back, so it goes last.
  const { team, reason, how } = reading;
  if (reason !== undefined) await unsayOfReason(profile, { team, reason, says: saidBy(how) }, act, { ...deps, distribution });
  await deps.readings.remove(reading);
  // The view that was before it counts on its day, so that no report of the days before changes.
  const { reason: _, ...view } = reading;
  if (isTracked) await deps.readings.put({ ...view, how: 'page' });
  return back(presser);
}

const back = ({ path }: Presser, query = ''): HttpAnswer => seeOther(`${path}${query}#${panelId}`);
