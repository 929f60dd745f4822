import { type Correction, type CorrectionsContent, correctionsContent } from '../content/corrections-content.ts';
import { correctionsOf } from '../distribution/corrections.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { revisionToldToAll } from '../edition/corrections.ts';
import type { Correction as Corrects } from '../edition/edition.ts';
import { isTellable, severities } from '../postmortem/postmortem.ts';
import { type ListedPostmortem, lastHidden, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { factsOfGroups } from '../rendition/fact-groups.ts';
import { changesBetween } from '../rendition/facts.ts';
import { factsOf, type RenditionFor, type RenditionRow, renditionOf, renditions } from '../rendition/renditions.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Audience } from '../stream/audience.ts';
import { audienceOf, definitionOf } from '../stream/stream.ts';
import { taxonomyOf } from '../taxonomy/taxonomy-of.ts';
import { type Following, type LastTold, lastTold, onceEach } from './last-told.ts';
import type { ComposeDeps } from './ports.ts';

/** An edition, before it is made, that may correct earlier ones of its stream and frequency. */
export interface Correcting extends Following {
  /** What it carries. That is told anew, so it needs no correction. */
  readonly carried: readonly StoredPostmortem[];
  readonly at: Date;
}

/** The section, and what META keeps of it. Both are absent if nothing is corrected. */
export interface FoundCorrections {
  readonly corrections?: CorrectionsContent;
  readonly corrects?: readonly Corrects[];
}

/** The most corrections in one mail. The next one tells the others. */
const mostTold = 20;

/**
 * What earlier editions of the same stream and frequency said of these postmortems, and is no
 * longer right. Each is compared with what the newest of those editions carried or corrected, so it
 * is told once. A change that was taken back since is none.
 */
export async function findCorrections(
  wanted: Correcting,
  changed: readonly ListedPostmortem[],
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<FoundCorrections> {
  const audience = audienceOf(wanted.stream);
  if (!audience) return {};
  const carried = new Set(wanted.carried.map(({ postmortem }) => postmortem.id));
  const candidates = changed.filter((one) => isTellable(one) && one.materialAt?.[audience] !== undefined && !carried.has(one.id));
  const known = await deps.postmortems.editionsOf(candidates.map(({ id }) => id));
  const readOnce = onceEach(deps.editions.read);
  const compared = await fewAtATime(candidates, async ({ id }) => {
    const stored = known.get(id);
    const told = stored ? await lastTold(id, stored, wanted, (edition) => revisionToldToAll(edition, id), readOnce) : [];
    const due = told.filter((one) => isDue(stored?.material?.[audience], one, distribution));
    const current = due.length > 0 ? await deps.postmortems.read(id) : undefined;
    if (!current || !isTellable(current.postmortem)) return undefined;
    for (const one of due) {
      const differing = await compare(audience, current, one, { wanted, distribution, deps });
      if (differing) return differing;
    }
    return undefined;
  });
  const found = compared.filter((one) => one !== undefined).toSorted(severestThenNewest);
  const told = found.slice(0, mostTold);
  const corrections = correctionsContent(
    told.map(({ correction }) => correction),
    found.slice(mostTold).map(({ correction }) => correction.postmortem.id),
    { labels: labelsOf(distribution), taxonomy: taxonomyOf(distribution), zone: distribution.organisation.zone, now: wanted.at },
  );
  return corrections ? { corrections, corrects: told.map(({ corrects }) => corrects) } : {};
}

/** Whether it changed after the text that readers know, and not too late after that edition. */
function isDue(
  material: NonNullable<StoredPostmortem['material']>[string] | undefined,
  { edition, told: revision }: LastTold<number>,
  distribution: Distribution,
): boolean {
  if (!material || material.revision <= revision) return false;
  return Date.parse(material.at) - Date.parse(edition.composedAt) <= correctionsOf(distribution).withinDays * dayMs;
}

interface Found {
  readonly correction: Correction;
  readonly corrects: Corrects;
  readonly publishedAt: number;
}

interface Comparing {
  readonly wanted: Correcting;
  readonly distribution: Distribution;
  readonly deps: ComposeDeps;
}

/**
 * Undefined if the facts are the same again. A postmortem that concerns the audience no more is
 * told by what the audience knows of it, unless that may not be quoted.
 */
async function compare<A extends Audience>(
  audience: A,
  current: StoredPostmortem,
  { edition, told: revision }: LastTold<number>,
  { wanted, distribution, deps }: Comparing,
): Promise<Found | undefined> {
  const { id } = current.postmortem;
  const { schema }: RenditionRow<A> = renditions[audience];
  const stored = await deps.renditions(audience, id, revision);
  const before = stored === undefined ? undefined : schema.parse(stored);
  const now: RenditionFor<A> | undefined = await renditionOf(audience, current, deps);
  const told = factsOfGroups(correctionsOf(distribution).tell);
  const changes = changesBetween(before ? factsOf(audience, before) : {}, now ? factsOf(audience, now) : {}).filter(({ fact }) =>
    told.has(fact),
  );
  const changedAt = current.material?.[audience]?.at;
  const mayQuote = before !== undefined && revision > lastHidden(current);
  const { severity, status } = current.postmortem;
  const known = now ?? (mayQuote ? { ...before, severity, status } : undefined);
  if (changes.length === 0 || changedAt === undefined || !known) return undefined;
  return {
    correction: {
      postmortem: known,
      before,
      changes: now ? changes : [],
      isGone: now === undefined,
      mayQuote,
      toldIn: { mail: mailOf(wanted), at: edition.scheduledFor },
      changedAt,
    },
    corrects: { id, from: revision, to: current.revision },
    publishedAt: Date.parse(current.postmortem.publishedAt ?? current.updatedAt),
  };
}

/** One postmortem in a mail of its own has no name of its own. */
const mailOf = ({ stream, frequency }: Correcting): string =>
  (frequency === 'published' ? undefined : definitionOf(stream).words.edition?.(frequency)) ?? 'the mail';

const severestThenNewest = (a: Found, b: Found) => gravityOf(a) - gravityOf(b) || b.publishedAt - a.publishedAt;
const gravityOf = ({ correction: { postmortem, before = postmortem } }: Found) =>
  Math.min(severities.indexOf(postmortem.severity), severities.indexOf(before.severity));
