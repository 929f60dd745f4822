import { testSubject } from '../compose/compose-for-display.ts';
import { NothingApplied } from '../compose/start-edition.ts';
import type { Addressees } from '../delivery/addressees.ts';
import { testEditionId, type WantedTest } from '../edition/test-mail.ts';
import { Refused } from '../shared/errors.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import type { TestAnswer, TestRequest } from './api.ts';
import { drafted, type PreviewDeps, previewEdition, shownBy } from './preview-edition.ts';

export interface TestDeps extends PreviewDeps {
  /** The people whom the lane that sends it may mail. */
  readonly addressees: Addressees;
  /** Asks `compose` for the mail. */
  readonly ask: (wanted: WantedTest) => Promise<void>;
}

/**
 * Mails the edition that a preview shows to one person. It is shown whole, whatever they leave out
 * or pause, and is counted nowhere. Whatever would keep it from arriving is reported now, as far as
 * it can be known.
 */
export async function sendTest(
  { to, ...wanted }: TestRequest,
  deps: TestDeps,
): Promise<TestAnswer & { readonly subscriber: SubscriberId }> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  const profile = await deps.profileOf(to);
  if (!profile) throw refusal('is nobody who was imported', 'Import them first: afterword people import');
  const kept = whyNoMail(profile, deps);
  if (kept) throw refusal(...kept);
  // Nothing else is in the test of a draft: its mail is made and kept like any other.
  const asked = { ...wanted, draft: wanted.draft && { ...wanted.draft, alone: true } };
  const { edition: shows, subject } = await previewEdition(asked, deps);
  const at = deps.now();
  const { wanted: meant, draft } = await drafted(asked, distribution, deps);
  const test: WantedTest = { shows: shownBy(meant, distribution, at), subscriber: profile.sid, at, ...(draft && { draft }) };
  const edition = testEditionId(test);
  const existed = (await deps.editions.read(edition)) !== undefined;
  if (!existed) await deps.ask(test);
  return { edition, shows, subject: testSubject(subject), existed, subscriber: profile.sid };
}

function whyNoMail(
  { address, unconfirmed, suppressed, suspended }: Profile,
  { addressees }: Pick<TestDeps, 'addressees'>,
): [problem: string, remedy: string] | undefined {
  if (unconfirmed) return ['has not confirmed the sign-up yet', 'Press the link in the mail that asks for it, or import them.'];
  if (suppressed)
    return [`is suppressed (${suppressed.reason}) and gets no mail`, 'If the cause is gone: afterword people lift ADDRESS --reason TEXT'];
  if (suspended) return ['is suspended and gets no mail', 'Import them again: afterword people import'];
  if (addressees.of(address) === undefined)
    return [
      'may not be mailed by this stage',
      'Name the address in mayMail, or its domain in organisation.domains, and deploy. See operations.md.',
    ];
  return undefined;
}

const refusal = (problem: string, remedy: string) =>
  new Refused('content', [{ field: 'to', problem, remedy }], 'Refused. No mail was sent.');
