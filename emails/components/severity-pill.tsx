import type { CSSProperties } from 'react';
import type { Severity } from '../../core/postmortem/postmortem.ts';
import { font, severityColours } from '../theme.ts';

const shape = {
  display: 'inline-block',
  font: font(600, 12, 18),
  padding: '1px 8px',
  borderRadius: 9,
  whiteSpace: 'nowrap',
} satisfies CSSProperties;

/** The severity in words on its colour. */
export const SeverityPill = ({ severity, label }: { severity: Severity; label: string }) => (
  <span className={severity} style={{ ...shape, background: severityColours[severity].ground, color: severityColours[severity].ink }}>
    {label}
  </span>
);

/** Says that a postmortem may still change. */
export const PreliminaryPill = () => (
  <span className="preliminary" style={{ ...shape, background: severityColours.sev4.ground, color: severityColours.sev4.ink }}>
    Preliminary
  </span>
);
