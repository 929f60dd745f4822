/** @jsxImportSource hono/jsx */
import { PostmortemId } from '../../../../core/postmortem/postmortem.ts';
import { isLeadOf } from '../../../../core/preferences/say-of-reason.ts';
import type { ListedEntry } from '../../../../core/search/search-entry.ts';
import { type Audience, widestAudience } from '../../../../core/stream/audience.ts';
import type { SignedIn } from '../../../shared/pages/current-session.ts';
import type { PageRequest } from '../../../shared/pages/page-route.ts';
import { readerOfArchive } from '../../archive-reader.ts';
import type { WebDeps } from '../../deps.ts';
import { maskAddress } from '../../mask-address.ts';
import { archivePath, pathTo } from '../../path-to.ts';
import { readingOf, toldIn } from '../../reader.ts';
import { isTracked, isTrackedIn } from '../../record-view.ts';
import { whyShown } from '../../why-shown.ts';
import { FeedbackPanel } from './feedback-panel.tsx';
import { justPressed, lateQuery, type Presser, pressedBy } from './press.ts';

/** Whoever opened a link of their mail to a postmortem. */
export async function mailedVisit(request: PageRequest, deps: WebDeps) {
  const reading = await readingOf(request, deps);
  if ('answer' in reading) return reading;
  const { reader, distribution } = reading;
  const { token, postmortem = '' } = request.params;
  const isOne = PostmortemId.safeParse(postmortem).success;
  const told = isOne ? (await toldIn(reader, deps)).find(({ id }) => id === postmortem) : undefined;
  return {
    ...reading,
    told,
    audience: reader.audience,
    profile: reader.holder.profile,
    path: pathTo(deps, `/r/${token}/${postmortem}`),
    // Test mails and reminders are of no stream, and no team is told why.
    isSaid: reader.stream !== undefined,
    isTracked: isTracked(reader, distribution),
  };
}

/** Whoever signed in and looks at a postmortem in an archive. */
export async function archiveVisit(request: PageRequest, deps: WebDeps) {
  const reader = await readerOfArchive(request, deps);
  if ('answer' in reader) return reader;
  const { audience, distribution, signed } = reader;
  const told = (await deps.archives.of(audience)).read(request.params.postmortem ?? '');
  return {
    ...reader,
    told,
    profile: signed.profile,
    path: archivePath(audience, told?.id),
    isSaid: true,
    isTracked: isTrackedIn(audience, signed.profile, distribution),
  };
}

interface Visit extends Omit<Presser, 'told' | 'act' | 'isProven'> {
  readonly told: ListedEntry | undefined;
  readonly audience: Audience;
  readonly isSaid: boolean;
}

/** Postmortems matter to teams of engineers, and they alone say something of one. */
export const canSay = <V extends Visit>(visit: V): visit is V & { readonly told: ListedEntry } =>
  visit.told !== undefined && visit.isSaid && visit.audience === widestAudience;

export async function panelOf({ query }: PageRequest, visit: Visit, signed: SignedIn | undefined, deps: WebDeps) {
  if (!canSay(visit)) return null;
  const { told, profile, distribution, path } = visit;
  const why = await whyShown(told, profile, deps);
  return (
    <FeedbackPanel
      why={why}
      pressed={signed ? (await pressedBy(visit, deps))?.how : justPressed(query)}
      path={path}
      address={signed ? profile.address : maskAddress(profile.address)}
      signed={signed}
      isLate={query.has(lateQuery)}
      forLeads={!signed && why.reason && isLeadOf(why.team?.key, profile, distribution) ? archivePath(visit.audience, told.id) : undefined}
    />
  );
}
