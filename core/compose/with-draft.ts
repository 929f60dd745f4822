import { type ActionRow, isOpen, promiseAt } from '../action/action.ts';
import { followActions } from '../action/follow-actions.ts';
import { listedPostmortem } from '../content/listed-postmortem.ts';
import { actionRevision } from '../intake/keep-actions.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { ComposeDeps } from './ports.ts';

/**
 * Reads as if this revision were stored, so that an edition can be shown before it is. `alone`: no
 * other postmortem and no other promise is seen, for somebody who may not read those of every
 * audience. What was sent about the same postmortem is seen in any case.
 */
export function withDraft(draft: StoredPostmortem, deps: ComposeDeps, { alone = false } = {}): ComposeDeps {
  const { postmortem, revision, hash } = draft;
  const isDraft = (id: string) => id === postmortem.id;
  const isOfAnother = (action: Pick<ActionRow, 'postmortem'>) => !isDraft(action.postmortem);
  return {
    ...deps,
    postmortems: {
      ...deps.postmortems,
      async changedSince(since, now) {
        const stored = alone ? [] : await deps.postmortems.changedSince(since, now);
        return [...stored.filter(({ id }) => !isDraft(id)), listedPostmortem(draft)];
      },
      read: async (id) => (isDraft(id) ? draft : alone ? undefined : deps.postmortems.read(id)),
      async listedOf(ids) {
        const stored = alone ? [] : await deps.postmortems.listedOf(ids.filter((id) => !isDraft(id)));
        return new Map([...stored, ...(ids.some(isDraft) ? [[postmortem.id, listedPostmortem(draft)] as const] : [])]);
      },
      readRevision: async (id, wanted, hashed) =>
        isDraft(id) && wanted === revision && hashed === hash ? postmortem : deps.postmortems.readRevision(id, wanted, hashed),
      async editionsOf(ids) {
        const stored = await deps.postmortems.editionsOf(ids.filter((id) => !isDraft(id)));
        const isTold = ids.some(isDraft) && draft.publication !== 'history';
        return new Map([...stored, ...(isTold ? [[postmortem.id, draft] as const] : [])]);
      },
    },
    // Reviewers are asked about it once it is stored.
    reviews: {
      open: async () => (alone ? [] : deps.reviews.open()),
      closed: async (since, now) => (alone ? [] : deps.reviews.closed(since, now)),
      read: async (id) => (isDraft(id) || !alone ? deps.reviews.read(id) : undefined),
    },
    renditions: async (audience, id, wanted) => (isDraft(id) && wanted === revision ? undefined : deps.renditions(audience, id, wanted)),
    actionRows: async (id) => {
      if (!isDraft(id)) return alone ? [] : deps.actionRows(id);
      return followActions(actionRevision(draft), await deps.actionRows(postmortem.id));
    },
    async actions(since, now) {
      const stored = await deps.actions(since, now);
      const before = stored.filter((action) => !isOfAnother(action));
      const draftRevision = actionRevision(draft);
      const promised = draftRevision.isPromised ? followActions(draftRevision, before) : [];
      return [...(alone ? [] : stored.filter(isOfAnother)), ...promised.filter((row) => isOpen(promiseAt(row, now)))];
    },
  };
}
