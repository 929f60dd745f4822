/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { Status } from '../../../core/postmortem/postmortem.ts';
import { severityWords, statusWords } from './words.ts';

interface Pilled {
  readonly of: { readonly severity: string; readonly status: string; readonly restricted: boolean };
  readonly isHeld?: boolean;
  readonly distribution: Distribution;
}

/** Severity, status and whether it is kept to fewer people. */
export const Pills = ({ of: { severity, status, restricted }, isHeld, distribution }: Pilled) => {
  const known = Status.safeParse(status).data;
  const { words, look } = known ? statusWords[known] : { words: status, look: '' };
  return (
    <p class="pills">
      <span class={`pill ${severity}`}>{severityWords(severity, distribution)}</span>
      <span class={`pill ${look}`}>{words}</span>
      {restricted && <span class="pill sev1">Restricted</span>}
      {isHeld && <span class="pill sev2">Held by an operator</span>}
    </p>
  );
};
