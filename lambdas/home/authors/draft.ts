import * as z from 'zod';
import { type AudienceOutlook, outlookOf } from '../../../core/authoring/outlook.ts';
import { lineOf, lineOfField, type Remark, remarksOn, withoutLines } from '../../../core/authoring/remarks.ts';
import type { PostOutlook } from '../../../core/authoring/slack-outlook.ts';
import { type Access, accessToStored, isSurelyAuthor, ownedAs, whoseIs } from '../../../core/authoring/whose.ts';
import { draftAsStored } from '../../../core/intake/draft-as-stored.ts';
import { isOtherIncident } from '../../../core/intake/take-postmortem.ts';
import { isTellable, PostmortemId, Severity, Status } from '../../../core/postmortem/postmortem.ts';
import { gapsIn } from '../../../core/postmortem/reading/account.ts';
import { likelyType, type SentDocument } from '../../../core/postmortem/reading/sent-document.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { readDirectory } from '../../../core/reminder/directory.ts';
import { Refused } from '../../../core/shared/errors.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { Problem } from '../api.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { notHere, notSurelyYours } from '../refusals.ts';
import { slackOutlookOf } from '../slack/outlook.tsx';

/** What producers' routes answer to a document. */
export const Taken = z.object({
  id: PostmortemId,
  revision: z.int(),
  replaces: z.int(),
  status: Status,
  severity: Severity,
  title: z.string(),
  restricted: z.boolean().optional(),
  outcome: z.enum(['new', 'changed', 'unchanged', 'checked']),
  sections: z.array(z.string()),
  recognised: z.array(z.object({ what: z.string(), value: z.string(), from: z.string() })),
  warnings: z.array(z.string()),
});
export type Taken = z.infer<typeof Taken>;

/** A document that travels with its form. Nothing of it is stored. */
export interface Draft extends SentDocument {
  /** Where it revises a stored postmortem. */
  readonly id?: string;
  /** The revision that it was made from. */
  readonly base?: number;
  /** What stood in the text field, and is not its text, because a file was chosen. */
  readonly instead?: string;
  /** Why the chosen file is not its text. */
  readonly flaw?: string;
}

/** The draft of a form: the chosen file, or else the text field. */
export function draftOf(form: URLSearchParams): Draft {
  const file = form.get('file');
  // Browsers send the lines of a text field with CR LF.
  const typed = (form.get('text') ?? '').replace(/\r\n/g, '\n');
  const text = file ?? typed;
  const isReplaced = typed.trim() !== '' && typed.trim() !== text.replace(/\r\n/g, '\n').trim();
  const id = PostmortemId.safeParse(form.get('id')).data;
  const base = /^\d{1,9}$/.exec(form.get('base') ?? '')?.[0];
  const flaw = form.get('file.flaw');
  return {
    type: likelyType(text),
    text,
    ...(id && { id }),
    ...(base && { base: Number(base) }),
    ...(isReplaced && { instead: typed }),
    ...(flaw && { flaw }),
  };
}

/** What there is to say of a draft. */
export type SeenDraft =
  | { readonly is: 'blank' }
  /** `rest`: what there is to say without the lines that are refused, where they are known. */
  | { readonly is: 'refused'; readonly problem: Problem; readonly rest?: readonly Remark[] }
  /** Another one has its id, which this person may not see. */
  | { readonly is: 'taken'; readonly id: string; readonly isUnsure: boolean }
  | ReadDraft;

export interface ReadDraft {
  readonly is: 'read';
  readonly taken: Taken;
  /** As it would be stored, published now. */
  readonly stored: StoredPostmortem;
  readonly remarks: readonly Remark[];
  readonly outlook: readonly AudienceOutlook[];
  /** What Slack gets of it. */
  readonly slack: readonly PostOutlook[];
  /** What is stored of it by now. */
  readonly before?: StoredPostmortem | undefined;
}

/** Whether it says what is stored already. Sending it stores nothing. */
export const isSame = ({ taken }: ReadDraft): boolean => taken.replaces > 0 && taken.revision === taken.replaces;

/** Whether somebody stored a revision since the draft was opened. */
export const isRevised = ({ base }: Draft, { taken }: ReadDraft): boolean => base !== undefined && base !== taken.replaces;

/** What it would replace that is not this person's, or is another incident. */
export function replacedBy({ before, stored }: ReadDraft, { signed: { profile } }: Pick<Visit, 'signed'>): StoredPostmortem | undefined {
  if (!before) return undefined;
  const isOthers = ownedAs(whoseIs(before), profile) === undefined || isOtherIncident(before.postmortem, stored.postmortem);
  return isOthers ? before : undefined;
}

const latestEditions = 100;

/**
 * Asks what would become of a draft. Stores nothing. What says that it is a draft is looked at as
 * if it were published, except where `staysDraft`.
 */
export async function lookAt({ id, type, text }: Draft, visit: Visit, deps: HomeDeps, staysDraft = false): Promise<SeenDraft> {
  if (text.trim() === '') return { is: 'blank' };
  const path = id === undefined ? '/postmortems?check=true' : (`/postmortems/${id}?check=true` as const);
  const { body: taken, problem } = await visit.api.ask({ method: id === undefined ? 'POST' : 'PUT', path, body: text, type }, Taken);
  if (problem) return refusedDraft({ type, text, ...(id && { id }) }, problem, visit, deps);
  const before = await deps.intake.postmortems.readCurrent(taken.id);
  const access = before && !isTellable(before.postmortem) ? await accessFor(before, visit, deps) : 'all';
  if (access !== 'all') return { is: 'taken', id: taken.id, isUnsure: access === 'unsure' };
  const { distribution, now } = visit;
  const stored = await draftAsStored({ type, text, staysDraft, ...(id && { id }) }, distribution, {
    postmortems: deps.intake.postmortems,
    now: () => now,
  });
  const zone = visit.signed.profile.zone ?? distribution.organisation.zone;
  const { editions } = await deps.operator.editions.list(latestEditions);
  return {
    is: 'read',
    taken,
    stored,
    remarks: remarksOn(taken, gapsIn(stored.postmortem), text, { now, zone }),
    outlook: outlookOf(stored, distribution, editions, now),
    slack: await slackOutlookOf(stored, visit, deps),
    before,
  };
}

/** A refusal with the lines that it is about, and what there is to say of the others. */
async function refusedDraft(draft: Draft, problem: Problem, visit: Visit, deps: HomeDeps): Promise<SeenDraft> {
  if (problem.status !== 422) return { is: 'refused', problem };
  const { text } = draft;
  const errors = problem.errors?.map((error) => {
    const line = error.line ?? lineOfField(error.field, text) ?? lineOf(error.problem, text);
    return { ...error, ...(line !== undefined && { line }) };
  });
  const told = { ...problem, errors, detail: 'Some of it cannot be read. Nothing was stored.' };
  const lines = errors?.flatMap(({ line }) => line ?? []) ?? [];
  if (lines.length === 0 || lines.length !== errors?.length) return { is: 'refused', problem: told };
  const without = withoutLines(text, lines);
  if (without === text) return { is: 'refused', problem: told };
  // That the refused fields are missing now is not their author's doing.
  const isOfOthers = ({ what }: Remark) => !errors.some(({ field }) => what.toLowerCase().includes(field.toLowerCase()));
  const rest = await lookAt({ ...draft, text: without }, visit, deps);
  return { is: 'refused', problem: told, ...(rest.is === 'read' && { rest: rest.remarks.filter(isOfOthers) }) };
}

type Visitor = Pick<Visit, 'rights' | 'signed' | 'distribution' | 'now'>;

/** Whether one of these authors surely is this visitor. Reads the list of people, once. */
export function sureOf({ signed, distribution, now }: Visitor, { operator }: HomeDeps): (authors: readonly string[]) => Promise<boolean> {
  let directory: ReturnType<typeof readDirectory> | undefined;
  return async (authors) => {
    directory ??= readDirectory(operator, now);
    return isSurelyAuthor(authors, signed.profile.sid, distribution, await directory);
  };
}

/** What somebody may see of a stored postmortem on these pages. */
export const accessFor = async (stored: StoredPostmortem, visit: Visitor, deps: HomeDeps): Promise<Access> =>
  visit.rights.isOperator ? 'all' : accessToStored(stored, visit.signed.profile, sureOf(visit, deps));

/** Whether somebody may see and revise a stored postmortem on these pages. */
export const mayOpen = async (stored: StoredPostmortem, visit: Visitor, deps: HomeDeps): Promise<boolean> =>
  opens(await accessFor(stored, visit, deps));
const opens = (access: Access): boolean => access === 'all' || access === 'told';

export type Opened = { readonly stored: StoredPostmortem; readonly seesHidden: boolean } | { readonly answer: HttpAnswer };

/** The postmortem of an address, as far as it may be seen; else what is answered instead. */
export async function openedFor(id: string | undefined, visit: Visitor, deps: HomeDeps): Promise<Opened> {
  const read = PostmortemId.safeParse(id);
  const stored = read.success ? await deps.intake.postmortems.readCurrent(read.data) : undefined;
  const access = stored ? await accessFor(stored, visit, deps) : 'none';
  if (stored && opens(access)) return { stored, seesHidden: access === 'all' };
  return { answer: access === 'unsure' ? notSurelyYours() : notHere() };
}

/** The flaws of a refusal, or a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof Refused)) throw error;
  return { type: 'about:blank', title: 'Refused', status: 422, detail: error.consequence, errors: [...error.flaws] };
}
