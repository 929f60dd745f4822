import { type ReadBackstage, readBackstage } from '../../../core/catalog/backstage/read-backstage.ts';
import { type CatalogContent, catalogLimits, catalogOf } from '../../../core/catalog/catalog.ts';
import { graphOf } from '../../../core/catalog/graph.ts';
import type { CatalogRemark } from '../../../core/catalog/remark.ts';
import { CatalogAnswer, CatalogPutAnswer } from '../../../core/operator/catalog-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { readCatalogFiles } from './find-catalog-files.ts';

export const importHelp = `
Reads Backstage's files (YAML, several entities a file), folders of them and globs, or the JSON of Backstage's /api/catalog/entities;
"-" is stdin. Taken are Component, Resource, API, System and Group; other kinds are counted and left out.

An import is the whole catalogue: name everything in one call. One that has over 10 % fewer services or teams than the stored one needs
--yes. Nothing is imported if an entity cannot be read. --check reads the files and asks no API. docs/catalog.md says more.
Importing needs the scopes read and configure.

Examples:
  afterword catalog import samples/catalog
  afterword catalog import "repositories/*/catalog-info.yaml" groups.yaml
  curl -H "authorization: Bearer $TOKEN" https://backstage.example.com/api/catalog/entities | afterword catalog import -`;

export interface CatalogImportOptions {
  readonly yes?: boolean;
  readonly check?: boolean;
}

const shownRemarks = 50;
/** Whoever loses more at once has more often named too few files. */
const usualLoss = 0.1;

export async function importCatalog(session: Session, paths: readonly string[], options: CatalogImportOptions): Promise<ExitCode> {
  const { terminal } = session;
  const read = readBackstage(await readCatalogFiles(paths));
  const { content, remarks } = read;
  const errors = remarks.filter(({ level }) => level === 'error');
  tellRemarks(session, read);
  const facts = {
    services: content.services.length,
    teams: content.teams.length,
    remarks,
    otherKinds: Object.fromEntries(read.otherKinds),
  };
  if (errors.length > 0) {
    terminal.warn(`Nothing was imported: ${counted(errors.length, 'entity or file', 'entities or files')} cannot be taken.`);
    terminal.answer({ ...facts, outcome: 'refused' });
    return exitCodes.refused;
  }
  if (content.services.length === 0) throw new UsedWrongly('Nothing was imported: no service, resource, API or system was found.');
  const body = bodyOf(content);
  if (options.check) {
    terminal.say(`${countsOf(content)}. Nothing was imported, because of --check.`);
    terminal.answer({ ...facts, outcome: 'checked' });
    return exitCodes.ok;
  }
  const { body: before } = await session.api({ method: 'GET', path: 'operator/catalog' }, CatalogAnswer);
  const loss = options.yes ? undefined : lossOf(content, before.head);
  if (loss !== undefined) {
    terminal.warn(loss);
    terminal.answer({ ...facts, outcome: 'refused', refusal: loss });
    return exitCodes.refused;
  }
  const answer = await send(session, body, { content, readHash: before.head?.hash });
  terminal.say(
    answer.outcome === 'put' ? `${terminal.colours.green('Imported')} ${countsOf(content)}.` : `Nothing differs: ${countsOf(content)}.`,
  );
  terminal.answer({ ...facts, ...answer });
  return exitCodes.ok;
}

/**
 * A connection that broke after the API stored it makes the second attempt meet its own catalogue.
 */
async function send(
  { api }: Session,
  body: string,
  { content, readHash = 'none' }: { content: CatalogContent; readHash: string | undefined },
) {
  const call = {
    method: 'PUT',
    path: `operator/catalog?readHash=${encodeURIComponent(readHash)}`,
    type: 'application/json',
    body,
  } as const;
  try {
    return (await api(call, CatalogPutAnswer)).body;
  } catch (error) {
    if (!(error instanceof RefusedByApi) || error.status !== 409) throw error;
    const { body: now } = await api({ method: 'GET', path: 'operator/catalog' }, CatalogAnswer);
    if (now.head?.hash !== catalogOf(content).hash) throw error;
    return { outcome: 'put' as const, ...now.head };
  }
}

const countsOf = ({ services, teams }: CatalogContent): string =>
  `${counted(services.length, 'service')} and ${counted(teams.length, 'team')}`;

/** Empty lists are what a missing one means. */
function bodyOf(content: CatalogContent): string {
  const text = JSON.stringify(content, (_key, value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : value));
  const body = content.teams.length === 0 ? text.replace(/\}$/, ',"teams":[]}') : text;
  const bytes = Buffer.byteLength(body);
  if (bytes > catalogLimits.bytes) {
    throw new UsedWrongly(
      `Nothing was imported: the catalogue has ${bytes} bytes, and at most ${catalogLimits.bytes} are taken. Import the part that runs in production.`,
    );
  }
  return body;
}

function lossOf({ services, teams }: CatalogContent, head: CatalogAnswer['head']): string | undefined {
  if (!head) return undefined;
  const lost = [
    { what: 'services', before: head.services, now: services.length },
    { what: 'teams', before: head.teams, now: teams.length },
  ].filter(({ before, now }) => before - now > before * usualLoss);
  if (lost.length === 0) return undefined;
  const told = lost.map(({ what, before, now }) => `${now} ${what} where there are ${before}`).join(', and ');
  return `Nothing was imported: it has ${told}, and an import is the whole catalogue. Name all files, or add --yes if that is right.`;
}

function tellRemarks({ terminal }: Session, { content, remarks, otherKinds, foreign }: ReadBackstage): void {
  terminal.complain(remarks.slice(0, shownRemarks).map(complaint));
  if (remarks.length > shownRemarks) terminal.say(`… and ${remarks.length - shownRemarks} more. --json prints all of them.`);
  const kinds = [...otherKinds].map(([kind, count]) => `${count} ${printableLine(kind)}`);
  if (foreign > 0) kinds.push(counted(foreign, 'document that is no entity', 'documents that are no entities'));
  if (kinds.length > 0) terminal.say(`Left out: ${kinds.join(', ')}.`);
  const { cycles } = graphOf(content);
  if (cycles.length > 0) {
    const refs = (cycles[0] ?? []).slice(0, 5).map(printableLine).join(', ');
    terminal.say(`${counted(cycles.length, 'group')} of services that depend on each other in a circle, which is allowed: ${refs}`);
  }
}

const complaint = ({ level, ...remark }: CatalogRemark) => ({
  ...remark,
  problem: level === 'error' ? remark.problem : `warning: ${remark.problem}`,
});
