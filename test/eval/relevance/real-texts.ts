import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownFrom } from '../../../core/relevance/points.ts';
import { rankedTeams } from '../../../core/relevance/relevant-teams.ts';
import { surroundingsOf } from '../../../core/relevance/surroundings.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { fromMarkdown } from '../../support/reading.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { entryOf, type World } from './rankings.ts';

/**
 * Reads every Markdown file of a folder as if it were published among the teams of the catalogue.
 * Prints how many matter to nobody, and pairs to be judged by hand, drawn by the seed.
 */
export function printRealTexts(
  { catalog, archive }: World,
  { folder, seed, pairs }: { folder: string; seed: number; pairs: number },
): void {
  const around = surroundingsOf({ entries: archive.map(entryOf), catalog, distribution: { teams: [] } });
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  const found = files.toSorted().map((file) => {
    const { postmortem } = fromMarkdown(readFileSync(join(folder, file), 'utf8'), { now: new Date('2026-11-30T12:00:00Z') });
    const teams = rankedTeams({ postmortem: engineeringRendition(postmortem), ...around });
    return {
      file,
      title: postmortem.title,
      gist: engineeringRendition(postmortem).gist,
      shown: teams.filter(({ score }) => score >= shownFrom),
    };
  });
  const abstained = found.filter(({ shown }) => shown.length === 0).length;
  const all = found.flatMap(({ shown, ...of }) => shown.map((team) => ({ ...of, team })));
  console.log(
    `${files.length} texts, ${abstained} matter to nobody (${Math.round((100 * abstained) / files.length)} %), ${all.length} pairs are shown`,
  );
  const kinds = Map.groupBy(all, ({ team }) => team.reasons[0]?.reason.kind);
  for (const [kind, of] of kinds) console.log(`  ${kind}: ${of.length}`);
  const random = seededRandom(seed);
  const drawn = all.map((pair) => ({ pair, place: random() })).toSorted((a, b) => a.place - b.place);
  for (const [n, { pair }] of drawn.slice(0, pairs).entries()) {
    const { file, title, gist, team } = pair;
    console.log(`\n${n + 1}. ${title} (${file})\n   ${gist.whatHappened ?? ''}\n   why: ${gist.why ?? ''}`);
    console.log(`   ${team.name} ${team.score}: ${team.reasons.map(({ sentence }) => sentence).join(' ')}`);
  }
}
