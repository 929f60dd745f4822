import type { Holding } from '../approval/approval-request.ts';
import { named } from '../content/prose.ts';
import { knownOf } from '../distribution/approver-rules.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type NoticeRules, noticeRulesOf } from '../distribution/notice-rules.ts';
import { unknownProducts } from '../distribution/products.ts';
import { publicVersionOf } from '../notice/after-press.ts';
import type { External } from '../notice/external.ts';
import { lint, lintAtOnce } from '../notice/lint/lint.ts';
import { lintContextOf } from '../notice/lint/lint-context.ts';
import { standingOf } from '../notice/look.ts';
import { noExternal } from '../notice/look-step.ts';
import { contentHash, type NoticeContent, noticeContentOf } from '../notice/notice-content.ts';
import type { ExternalStore, Remark, SecretFinder } from '../notice/ports.ts';
import { allWriters, endedWords, holdingWords, takenBackWords, whyNotAsked } from '../notice/why-held.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { type Flaw, Refused } from '../shared/errors.ts';
import { ableAmong } from '../shared/persons.ts';

/**
 * Throws `Refused` if the external version names a product that the distribution file does not
 * have, or a writer outside the organisation. Without a file nothing is known, so nothing is
 * refused.
 */
export function checkExternal({ external }: Postmortem, distribution: Distribution | undefined): void {
  if (!external || !distribution) return;
  const { products = [], organisation } = distribution;
  const known = products.map(({ name }) => name);
  const unknown = unknownProducts(external.products ?? [], products).map(
    (name): Flaw => ({
      field: 'external.products',
      problem: `"${name}" is no product of the distribution file`,
      remedy: known.length === 0 ? 'Leave it out: the file has no products.' : `Use one of ${named(known, mostNamed)}, or leave it out.`,
    }),
  );
  const outside = (external.writtenBy ?? [])
    .filter((address) => !organisation.domains.includes(address.slice(address.lastIndexOf('@') + 1)))
    .map(
      (address): Flaw => ({
        field: 'external.writtenBy',
        problem: `${address} is not in a domain of the organisation`,
        remedy: `Name who wrote it, with an address in ${organisation.domains.join(' or ')}.`,
      }),
    );
  if (unknown.length + outside.length > 0) throw new Refused('content', [...unknown, ...outside]);
}
const mostNamed = 20;

export interface OutlookDeps {
  readonly distribution: Distribution | undefined;
  /** Where notices stand. Absent: nothing is known of versions that customers have read. */
  readonly externals?: Pick<ExternalStore, 'read'> | undefined;
  /** Absent: of secrets the few forms are found that the lint knows itself. */
  readonly secrets?: SecretFinder | undefined;
}

/**
 * Sentences for the author of an external version that is ready: who would be asked to approve it,
 * or why nobody and what to do, and what the lint finds. They quote the text, so nobody else is
 * told.
 */
export async function externalOutlook(postmortem: Postmortem, deps: OutlookDeps): Promise<string[]> {
  const { distribution, externals, secrets } = deps;
  const rules = distribution && noticeRulesOf(distribution);
  if (!postmortem.external?.ready) return [];
  if (!distribution || !rules) return [notAsked('The distribution file names no approvers.')];
  const stored = await externals?.read(postmortem.id);
  // A row of a later release says nothing here.
  const row = stored === undefined || stored === 'unknown' ? noExternal(postmortem.id) : stored;
  const content = noticeContentOf({ postmortem }, row.publicId ?? nobody, distribution);
  if (!content) return [notAsked('The postmortem may not be told of.')];
  const context = lintContextOf({ postmortem }, distribution);
  const looked = secrets && (await lint(content, context, secrets).catch(() => undefined));
  const remarks = looked ?? lintAtOnce(content, context);
  return [
    askedLine(postmortem, { content, rules, remarks, row }),
    ...reasonLine(content, row),
    ...remarks.slice(0, mostTold).map(remarkLine),
    ...moreLine(remarks.length - mostTold),
    ...(looked || !secrets ? [] : ['external: secrets could not be looked for. That is done again before anybody is asked.']),
  ];
}

/**
 * The sentence for the author of an external version that is stored, if nobody is asked to approve
 * it: why, and what to do. Empty: it does not ask, or somebody is asked.
 */
export const notAskedWarning = async (postmortem: Postmortem, deps: OutlookDeps): Promise<string[]> =>
  (await externalOutlook(postmortem, deps)).filter((line) => line.startsWith(notAskedWords));

const notAskedWords = 'external: nobody is asked to approve it.';
const notAsked = (why: string): string => `${notAskedWords} ${why}`;
/** Stands for the id that the notice will have. */
const nobody = 'bcdfghjkmn';
const mostTold = 20;

interface Asking {
  readonly content: NoticeContent;
  readonly rules: NoticeRules;
  readonly remarks: readonly Remark[];
  readonly row: External;
}

function askedLine(postmortem: Postmortem, { content, rules, remarks, row }: Asking): string {
  const hash = contentHash(content);
  const isKnown = row.seen?.content === hash;
  const known = isKnown ? row : { ...row, writers: undefined };
  const standing = standingOf({ postmortem }, content);
  const { approvals } = rules;
  const approvers = rules.approvers.map(knownOf);
  const { request } = row;
  if (publicVersionOf(row)?.content === hash) return 'external: customers read exactly this text already.';
  if (row.takenBack?.includes(hash) && !row.hurried) return notAsked(takenBackWords);
  if (request && request.state !== 'held' && request.content === hash) {
    if (request.state === 'open') return 'external: its approvers are asked already.';
    if (request.state === 'approved' || request.state === 'releasing')
      return 'external: it is approved already, and leaves after its hold.';
    const over = endedWords[request.state];
    if (over !== undefined) return notAsked(over);
  }
  const why =
    whyNotAsked(known, standing, { approvers, approvals }) ??
    (remarks.some(({ level }) => level === 'refuse') ? 'lint' : undefined) ??
    (request?.state === 'held' && request.content === hash && isByItself(request.why) ? request.why : undefined);
  if (why) return notAsked(`${holdingWords[why].said} ${holdingWords[why].remedy}`);
  const able = ableAmong(approvers, allWriters(known.writers, standing.writers)).flatMap(({ addresses }) => addresses.slice(0, 1));
  const needed = approvals === 1 ? 'one of them has to' : `${approvals} of them have to`;
  return `external: ${named(able, mostNamed)} would be asked to approve it for customers of ${named(content.products, mostNamed)}; ${needed}.`;
}

/** What no look at the text can tell: the last look at the row found it. */
const isByItself = (why: Holding): boolean => why === 'lint' || why === 'too many open' || why === 'check failed';

/** What whoever ended the request about exactly this text wrote. It may quote the text. */
function reasonLine(content: NoticeContent, { request, hurried }: External): string[] {
  if (request?.state !== 'sent back' && request?.state !== 'stopped') return [];
  if (request.content !== contentHash(content) || hurried || request.reason.trim() === '') return [];
  return [`external: the reason: "${request.reason.replace(/\s+/g, ' ')}"`];
}

/** What the lint found, for whoever may read the text. */
export const remarkLine = ({ level, rule, part, found, remedy }: Remark): string =>
  `external.${part}: "${found.replace(/\s+/g, ' ').slice(0, 120)}" ${level === 'refuse' ? 'must not leave' : 'is to be looked at'} (${rule}). ${remedy}`;
const moreLine = (more: number): string[] => (more > 0 ? [`external: and ${more} more such remarks.`] : []);
