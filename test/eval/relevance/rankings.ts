import type { Catalog } from '../../../core/catalog/catalog.ts';
import { teamKey } from '../../../core/catalog/names.ts';
import { textOfRendition } from '../../../core/relevance/known-archive.ts';
import { atOnceFrom, shownFrom } from '../../../core/relevance/points.ts';
import { rankedTeams } from '../../../core/relevance/relevant-teams.ts';
import { byBm25 } from '../../../core/relevance/resembling.ts';
import { surroundingsOf } from '../../../core/relevance/surroundings.ts';
import { type EngineeringRendition, engineeringEntry, engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { foldedName } from '../../../core/shared/text.ts';
import { readTopic } from '../../../core/subscriber/topic.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { termsOf } from '../../../core/taxonomy/terms-of.ts';
import type { LabelledIncident, Told } from '../../support/relevance-set.ts';
import type { Grades, Ranked } from './measures.ts';

export type Ranking = (postmortem: EngineeringRendition) => Ranked;

/** By the keys of teams. */
export const gradesOf = ({ teams }: LabelledIncident): Grades => new Map(teams.map(({ team, grade }) => [teamKey(team) ?? team, grade]));

/** As the archive has it: with the terms of the whole text. */
export const entryOf = ({ postmortem }: Told): ListedEntry => {
  const rendition = engineeringRendition(postmortem);
  const terms = termsOf(rendition, taxonomyOf({})).map(({ id }) => id);
  return { ...engineeringEntry(rendition, 1, postmortem.publishedAt ?? ''), terms };
};

export interface World {
  readonly catalog: Catalog;
  readonly archive: readonly Told[];
}

/** Ours; ours without reasons of some kinds; and what it is compared with. The first is the one that is built. */
export function rankings({ catalog, archive }: World): Readonly<Record<string, Ranking>> {
  const entries = archive.map(entryOf).toSorted((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt));
  const around = surroundingsOf({ entries, catalog, distribution: { teams: [] } });
  const without =
    (...kinds: readonly string[]): Ranking =>
    (postmortem) => ({
      teams: rankedTeams({ postmortem, ...around, leaveOut: kinds }).map(({ team, score }) => ({
        team: readTopic(team).name,
        shown: score >= shownFrom,
        atOnce: score >= atOnceFrom,
      })),
    });
  return {
    ours: without(),
    'ours, catalogue alone': without('same failure', 'had it before', 'reads alike'),
    'ours, no promises': without('promised'),
    'ours, text and graph': without('promised', 'runs'),
    ...baselines(catalog),
  };
}

/** Those of which three are shown show the first three. */
function baselines(catalog: Catalog): Record<string, Ranking> {
  const teams = [...new Set(catalog.services.flatMap(({ team }) => team ?? []))];
  const ofTeam = (team: string) => catalog.services.filter((service) => service.team === team);
  const words = (team: string) => new Set(ofTeam(team).flatMap(({ tech, name }) => [...tech, name].map(foldedName)));
  const texts = byBm25(
    teams.map((team) => ({
      id: team,
      text: ofTeam(team)
        .map(({ name, about = '', tech }) => `${name} ${about} ${tech.join(' ')}`)
        .join('\n'),
    })),
  );
  const ranked = (owner: string | undefined, scored: readonly (readonly [string, number])[], most: number): Ranked => ({
    teams: scored
      .filter(([team, score]) => team !== teamKey(owner ?? '') && score > 0)
      .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .map(([team], place) => ({ team, shown: place < most })),
  });
  const overlap = (tags: readonly string[], team: string) => tags.filter((tag) => words(team).has(foldedName(tag))).length;
  const named = (services: readonly string[], team: string) =>
    services.filter((one) => ofTeam(team).some(({ name }) => name === one)).length;
  return {
    'BM25 of team texts': (pm) =>
      ranked(
        pm.owningTeam,
        texts.rank(textOfRendition(pm)).map(({ id, score }) => [id, score] as const),
        3,
      ),
    'overlap of tags': (pm) =>
      ranked(
        pm.owningTeam,
        teams.map((team) => [team, overlap(pm.tags, team)] as const),
        3,
      ),
    'who runs the services': (pm) =>
      ranked(
        pm.owningTeam,
        teams.map((team) => [team, named(pm.services, team)] as const),
        teams.length,
      ),
  };
}

/** Each incident with its labels, and what is found with its sentences. */
export function printReasons({ catalog, archive }: World, told: readonly Told[], labels: readonly LabelledIncident[]): void {
  const entries = archive.map(entryOf);
  const around = surroundingsOf({ entries, catalog, distribution: { teams: [] } });
  for (const [i, { postmortem }] of told.entries()) {
    const grades = labels[i] ? gradesOf(labels[i]) : new Map<string, number>();
    const found = rankedTeams({ postmortem: engineeringRendition(postmortem), ...around });
    console.log(`\n${postmortem.id}, of ${postmortem.owningTeam}`);
    for (const { team, name, score, reasons } of found) {
      console.log(
        `  ${score >= shownFrom ? 'shown' : '     '} ${grades.get(readTopic(team).name) ?? '-'} ${score.toFixed(2)} ${name}: ${reasons.map(({ sentence }) => sentence).join(' ')}`,
      );
    }
    for (const team of grades.keys()) if (!found.some((one) => readTopic(one.team).name === team)) console.log(`        missed: ${team}`);
  }
}
