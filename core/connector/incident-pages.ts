import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Instant } from '../shared/instant.ts';
import type { Desk } from './act.ts';
import { isSource, type Source } from './source.ts';

/** Which incident has a page at its vendor, and which postmortem links to that page. */
export interface IncidentPages {
  /**
   * Keeps that a postmortem links to a page. Answers the incident of the page, if a vendor has told
   * of it.
   */
  linked(page: string, postmortem: string): Promise<{ readonly source: Source; readonly ref: string } | undefined>;
  /**
   * The page that this postmortem linked to last, and its incident, if both were noted. It is not
   * kept that a link went.
   */
  lastLinked(postmortem: string): Promise<{ readonly page: string; readonly source: Source; readonly ref: string } | undefined>;
  /**
   * Keeps of which incident a page is. Answers the postmortem that links to it, if one was noted.
   */
  of(page: string, incident: { readonly source: Source; readonly ref: string }): Promise<string | undefined>;
}

/** The incident that has this page, if a vendor has told of it. */
export type IncidentOf = (page: string) => Promise<{ readonly source: Source; readonly ref: string } | undefined>;

const tools = ['incident.io', 'rootly.com', 'firehydrant.com', 'firehydrant.io', 'pagerduty.com'];

/** The page of an incident, however its address is written. Undefined: it is none of a tool. */
export function incidentPage(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isOfTool = url !== undefined && tools.some((tool) => url.hostname === tool || url.hostname.endsWith(`.${tool}`));
  return isOfTool && url.pathname.length > 1 ? `${url.hostname}${url.pathname.replace(/\/+$/, '')}` : undefined;
}

/**
 * The page of the incident that a postmortem tells of. One that links to several pages says
 * nothing: some of them are of other incidents.
 */
export function pageOf({ postmortem }: StoredPostmortem): string | undefined {
  const pages = new Set(postmortem.links.flatMap(({ url }) => incidentPage(url) ?? []));
  return pages.size === 1 ? [...pages][0] : undefined;
}

/** Whether somebody can be told of it instead of another one. */
const stands = ({ status, restricted }: Pick<ListedPostmortem, 'restricted' | 'status'>): boolean =>
  (status === 'published' || status === 'preliminary') && !restricted;

/** The postmortem of a producer that tells of the incident with this page, as it stands now. */
export async function toldElsewhere(
  permalink: string,
  incident: { readonly source: Source; readonly ref: string },
  { pages, desk }: { readonly pages: IncidentPages; readonly desk: Pick<Desk, 'readCurrent'> },
): Promise<string | undefined> {
  const page = incidentPage(permalink);
  const id = page && (await pages.of(page, incident));
  const stored = id ? await desk.readCurrent(id) : undefined;
  return stored && stands(stored.postmortem) && pageOf(stored) === page ? id : undefined;
}

/** An archive that is brought in meanwhile, or a poll that fails for weeks, has more. */
const mostMeanwhile = 500;

/**
 * The same, of the latest ones that changed here since the last poll, which notes links: what is
 * published and linked within the hour is not told a second time. Keeps nothing and has nobody
 * asked, because the next poll does.
 */
export async function toldMeanwhile(
  permalink: string,
  { changedLately, desk }: { readonly changedLately: () => Promise<readonly ListedPostmortem[]>; readonly desk: Pick<Desk, 'readCurrent'> },
): Promise<string | undefined> {
  const page = incidentPage(permalink);
  if (page === undefined) return undefined;
  const others = (await changedLately()).filter((one) => stands(one) && !isSource(one.whose?.by ?? ''));
  const latest = others.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt)).slice(0, mostMeanwhile);
  const linked = await fewAtATime(latest, async ({ id }) => {
    const stored = await desk.readCurrent(id);
    return stored && stands(stored.postmortem) && pageOf(stored) === page ? [id] : [];
  });
  return linked.flat()[0];
}

export interface NoteDeps {
  readonly changed: (since: Instant) => Promise<readonly ListedPostmortem[]>;
  readonly desk: Pick<Desk, 'readCurrent'>;
  readonly pages: IncidentPages;
  readonly ask: (source: Source, refs: readonly string[]) => Promise<void>;
}

/**
 * Looks which incidents have postmortems by producers that changed since then, or had one that
 * tells of them no more, and has these incidents looked at. What a source stored links to its own
 * page.
 */
export async function noteLinks(since: Instant, { changed, desk, pages, ask }: NoteDeps): Promise<void> {
  const others = (await changed(since)).filter((one) => !isSource(one.whose?.by ?? ''));
  await fewAtATime(others, async ({ id }) => {
    const [stored, last] = await Promise.all([desk.readCurrent(id), pages.lastLinked(id)]);
    const page = stored && stands(stored.postmortem) ? pageOf(stored) : undefined;
    if (last && last.page !== page) await ask(last.source, [last.ref]);
    const incident = page && (await pages.linked(page, id));
    if (incident) await ask(incident.source, [incident.ref]);
  });
}
