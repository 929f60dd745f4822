/** @jsxImportSource hono/jsx */
import { type ActionState, actionStates, type ShownAction } from '../../../core/operator/actions-api.ts';

/** The page of one action. */
export const actionPath = (id: string): string => `/home/actions/${id}`;

export const actionStateWords: Readonly<Record<ActionState, { readonly words: string; readonly look: string }>> = {
  open: { words: 'Open', look: 'sev3' },
  overdue: { words: 'Overdue', look: 'sev1' },
  kept: { words: 'Kept', look: 'ok' },
  declined: { words: 'Declined', look: '' },
  withdrawn: { words: 'Withdrawn', look: 'sev2' },
  history: { words: 'History', look: '' },
};

/** How an action stands, and why nobody is told of it. */
export const ActionPills = ({ action: { state, status, hidden } }: { readonly action: ShownAction }) => {
  const known = actionStates.find((one) => one === state);
  const { words, look } = known ? actionStateWords[known] : { words: state, look: '' };
  return (
    <div class="pills">
      <span class={`pill ${look}`}>{words}</span>
      {(state === 'history' || state === 'withdrawn') && <small class="m block">{status}</small>}
      {hidden !== undefined && <span class="pill sev1">{`${hidden.charAt(0).toUpperCase()}${hidden.slice(1)}`}</span>}
    </div>
  );
};
