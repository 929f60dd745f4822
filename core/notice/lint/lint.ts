import { canonicalHash } from '../../shared/canonical-hash.ts';
import { asRead } from '../../shared/legible.ts';
import type { NoticeContent } from '../notice-content.ts';
import type { Remark, SecretFinder } from '../ports.ts';
import { type Finding, remedies } from './finding.ts';
import { findHidden } from './hidden.ts';
import type { LintContext } from './lint-context.ts';
import { findNames } from './names.ts';
import { findAddresses } from './network.ts';
import { type Passage, passagesOf } from './passages.ts';
import { findSaid } from './said.ts';
import { findSecrets, hiddenTexts, isExample } from './secrets.ts';
import { findServices } from './services.ts';
import { findWords } from './words.ts';

/** Reads one passage. It takes time in proportion to the text, whatever the text is. */
type Find = (passage: Passage, context: LintContext) => readonly Finding[];

const rules: readonly Find[] = [findHidden, findNames, findServices, findAddresses, findSecrets, findWords, findSaid];
/** Rules for texts inside of others, which nobody reads. */
const rulesInside: readonly Find[] = [findNames, findAddresses, findSecrets];

/**
 * What must not leave in an external version, and what a person has to look at, refusals first.
 * Each rule reads every text of it, also what is not shown. Throws if secrets could not be looked
 * for: then nobody may be asked. Ids stay while a remark stays where it is.
 */
export async function lint(
  content: Pick<NoticeContent, 'title' | 'body' | 'change'>,
  context: LintContext,
  secrets: SecretFinder,
): Promise<Remark[]> {
  const found = [...lintWithoutSecrets(content, context), ...(await secretsIn(content, secrets))];
  return remarksOf(found);
}

/** As `lint`, without the finder: of secrets it finds the forms that have a rule of ours. */
export const lintAtOnce = (content: Pick<NoticeContent, 'title' | 'body' | 'change'>, context: LintContext): Remark[] =>
  remarksOf(lintWithoutSecrets(content, context));

interface Placed extends Finding {
  readonly part: Remark['part'];
}

const lintWithoutSecrets = (content: Pick<NoticeContent, 'title' | 'body' | 'change'>, context: LintContext): Placed[] =>
  passagesOf(content).flatMap((passage) => findIn(passage, context));

function findIn(passage: Passage, context: LintContext): Placed[] {
  const { part } = passage;
  const inside = hiddenTexts(passage).flatMap(({ written, text }) =>
    rulesInside.flatMap((find) => find({ part, kind: 'unseen', text }, context)).map((finding) => ({ ...finding, found: written, part })),
  );
  return [...rules.flatMap((find) => find(passage, context)).map((finding) => ({ ...finding, part })), ...inside];
}

async function secretsIn(content: Pick<NoticeContent, 'title' | 'body' | 'change'>, secrets: SecretFinder): Promise<Placed[]> {
  const parts = (['title', 'body', 'change'] as const).map((part) => ({ part, text: content[part] ?? '' }));
  const found = await Promise.all(
    parts.map(async ({ part, text }) => {
      const read = asRead(text).text;
      const texts = read === text ? [text] : [text, read];
      const all = await Promise.all(texts.map((one) => secrets.find(one)));
      return all
        .flat()
        .map(({ found: secret }): Placed => ({ rule: 'secret', level: isExample(secret) ? 'look' : 'refuse', found: secret, part }));
    }),
  );
  return found.flat();
}

/** Each thing once in each part. Of two levels the stricter one counts. */
function remarksOf(found: readonly Placed[]): Remark[] {
  const remarks = new Map<string, Remark>();
  for (const { rule, level, found: text, part } of found) {
    const id = canonicalHash([rule, part, text]).slice(0, 16);
    const quoted = text.length > longestQuoted ? `${text.slice(0, longestQuoted).replace(/[\ud800-\udbff]$/, '')}…` : text;
    if (remarks.get(id)?.level !== 'refuse') remarks.set(id, { id, rule, level, part, found: quoted, remedy: remedies[rule] });
  }
  const all = [...remarks.values()].toSorted((a, b) => Number(b.level === 'refuse') - Number(a.level === 'refuse'));
  return all.length <= mostRemarks ? all : [...all.slice(0, mostRemarks), tooMany];
}
const longestQuoted = 300;
/** More than anybody looks at. A text with more is refused, so none is lost. */
const mostRemarks = 200;
const tooMany: Remark = {
  id: 'too-many-remarks',
  rule: 'too many remarks',
  level: 'refuse',
  part: 'body',
  found: `more than ${mostRemarks}`,
  remedy: remedies['too many remarks'],
};
