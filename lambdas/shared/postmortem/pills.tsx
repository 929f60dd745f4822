/** @jsxImportSource hono/jsx */
import type { Severity } from '../../../core/postmortem/postmortem.ts';

interface PillsProps {
  readonly severity: Severity;
  readonly label: string;
  readonly status: string;
  /** Says also that it is final. */
  readonly final?: boolean;
}

/** The severity, and whether the postmortem may still change. */
export const Pills = ({ severity, label, status, final }: PillsProps) => (
  <p class="pills">
    <span class={`pill ${severity}`}>{label}</span>
    {status === 'preliminary' && <span class="pill">Preliminary</span>}
    {final && status === 'published' && <span class="pill ok">Final account</span>}
  </p>
);
