import { createHash } from 'node:crypto';
import { cleanText } from '../../../../core/postmortem/hidden-characters.ts';
import { type Choice, type ChoiceFlaw, readChoice, type SentChoice, type Shown } from '../../../../core/review/decide.ts';
import type { PlainDate } from '../../../../core/shared/instant.ts';

/** Names the fields of one action, wherever it stands on the page. */
export const fieldsOf = (aid: string): string => createHash('sha256').update(aid).digest('hex').slice(0, 16);

/** What was sent for one action. */
export interface SentDecision {
  readonly aid: string;
  readonly shown: Shown;
  readonly sent: SentChoice;
  readonly read: Choice | { readonly flaws: readonly ChoiceFlaw[] };
}

/**
 * What its reader typed into a form whose link has expired: a line for each action, by its place on
 * the page. The page may not say what the actions are.
 */
export function typedDecisions(form: URLSearchParams): string[] {
  const fields = [...new Set([...form.keys()].flatMap((name) => /^(?:basis|what)\.([0-9a-f]{16})$/.exec(name)?.[1] ?? []))];
  return fields.flatMap((field, n) => {
    const value = (name: string) => cleanText(form.get(`${name}.${field}`) ?? '').trim();
    const said = [value('what'), value('until') && `until ${value('until')}`].filter(Boolean).join(' ');
    const told = [said, value('reason')].filter(Boolean);
    return told.length > 0 ? [`Action ${n + 1}: ${told.join(': ')}`] : [];
  });
}

/**
 * The choices in a form, for the actions that are known now, with the day for which each is
 * promised. Those without a choice are not among them. `missing`: how many choices are about an
 * action that is not known any more.
 */
export function readDecisions(
  form: URLSearchParams,
  actions: ReadonlyMap<string, PlainDate | undefined>,
  effective: PlainDate,
): { readonly decisions: SentDecision[]; readonly missing: number } {
  const named = new Map([...actions.keys()].map((aid) => [fieldsOf(aid), aid]));
  const fields = [...new Set([...form.keys()].flatMap((name) => /^what\.([0-9a-f]{16})$/.exec(name)?.[1] ?? []))];
  const decisions: SentDecision[] = [];
  let missing = 0;
  for (const field of fields) {
    const value = (name: string) => form.get(`${name}.${field}`) ?? '';
    const sent = { what: value('what'), until: value('until'), reason: value('reason') };
    const aid = named.get(field);
    const read = readChoice(sent, effective, aid === undefined ? undefined : actions.get(aid));
    if (!read) continue;
    const events = /^\d{1,4}$/.test(value('events')) ? Number(value('events')) : -1;
    if (aid === undefined) missing += 1;
    else decisions.push({ aid, shown: { basis: value('basis'), events }, sent, read });
  }
  return { decisions, missing };
}
