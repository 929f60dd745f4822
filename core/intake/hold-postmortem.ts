import { asWritten, type Hold, withHold } from '../postmortem/hold.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { toInstant } from '../shared/instant.ts';
import type { SourceReader } from './ports.ts';
import { isAlike, nextRevision, storeRevision, type TakeDeps, TooManyWriters, toldWarning, tries } from './take-postmortem.ts';

export const holdActs = ['restrict', 'retract', 'release'] as const;
export type HoldAct = (typeof holdActs)[number];

export interface HeldPostmortem {
  readonly outcome: 'changed' | 'unchanged';
  readonly stored: StoredPostmortem;
  readonly warnings: readonly string[];
}

export interface HoldDeps extends Pick<TakeDeps, 'postmortems' | 'revisions' | 'distribution' | 'now' | 'posts'> {
  readonly sources: SourceReader;
  /** Id of the key, or sid of the person, that decides. */
  readonly by: string;
}

/**
 * Makes a revision of what is stored that differs only in what an operator decided: restricted,
 * taken back, or neither. It outlives later revisions of the document (docs/adr/054). What follows
 * is put in the outbox, as for any revision. Undefined if there is no such postmortem. The second
 * time it stores nothing. Throws TooManyWriters.
 */
export async function holdPostmortem(id: PostmortemId, act: HoldAct, deps: HoldDeps): Promise<HeldPostmortem | undefined> {
  for (let i = 0; i < tries; i += 1) {
    const before = await deps.postmortems.readCurrent(id);
    if (!before) return undefined;
    const document = asWritten(before);
    const held = heldAfter(before, act, { at: toInstant(deps.now()), by: deps.by });
    const postmortem = withHold(document, held);
    if (held === before.held && isAlike(postmortem, before.postmortem)) return { outcome: 'unchanged', stored: before, warnings: [] };
    const { hash, publication, by, sentBy = by } = before;
    const content = { postmortem, hash, publication, by: deps.by, ...(sentBy !== undefined && { sentBy }), ...(held && { held }) };
    const { stored, warning } = nextRevision(before, content, deps);
    const warnings = [toldWarning(postmortem, before), warning].filter((one) => one !== undefined);
    // The document as it was sent stands beside this revision too: its author goes on from it.
    const source = await deps.sources.readSource(id, before.revision, hash);
    if (await storeRevision(stored, before, { ...deps, ...(source && { source }) })) return { outcome: 'changed', stored, warnings };
  }
  throw new TooManyWriters(id);
}

/** The same object if nothing is to be decided anew. */
function heldAfter(before: StoredPostmortem, act: HoldAct, decided: Pick<Hold, 'at' | 'by'>): Hold | undefined {
  if (act === 'release') return undefined;
  const flag = act === 'restrict' ? 'restricted' : 'retracted';
  if (before.held?.[flag]) return before.held;
  const { restricted, status } = asWritten(before);
  const flags = { restricted: before.held?.restricted ?? false, retracted: before.held?.retracted ?? false, [flag]: true };
  return { ...before.held, ...flags, ...decided, document: { restricted, status } };
}
